package io.penstock.soak;

import io.penstock.soak.account.Account;
import io.penstock.soak.account.Fault;
import io.penstock.soak.fault.FaultPlan;
import io.penstock.soak.fault.PlannedFault;
import io.penstock.soak.installation.ClassArchives;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import io.penstock.soak.installation.Packaged;
import io.penstock.soak.watch.GrowthTable;
import io.penstock.soak.watch.Watch;
import io.penstock.soak.world.CallLog;
import io.penstock.soak.world.StubWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One soak from the first start to the report. */
final class Soak {
  private static final Duration READ_EVERY = Duration.ofSeconds(30);

  private final Plan plan;
  private final Narrator narrator;
  private final PrintWriter out;

  /**
   * What is wished.
   *
   * @param times how often each member is killed for the figures; 0 for faults by chance
   * @param below where the folder of data and logs is made
   * @param keep whether it stays though nothing failed
   */
  record Plan(
      Duration lasts,
      long seed,
      Set<Fault.Kind> kinds,
      int perSecond,
      int times,
      Path below,
      boolean keep) {}

  Soak(Plan plan, PrintWriter out) {
    this.plan = plan;
    this.out = out;
    this.narrator = new Narrator(out);
  }

  /**
   * Returns when the time is over.
   *
   * @return whether every promise was kept
   * @throws IOException if it cannot go on; says where the logs are
   */
  boolean perform() throws IOException, InterruptedException {
    QuietLog.set();
    Path binaries = plan.below().resolveSibling("postgresql").toAbsolutePath();
    Packaged packaged = Packaged.here();
    try (SoakFolder folder = SoakFolder.create(plan.below())) {
      narrator.line("seed %d, data and logs in %s".formatted(plan.seed(), folder.path()));
      try {
        ClassArchives archives = Rehearsal.archives(packaged, plan.below(), binaries, narrator);
        Account account = soak(packaged, archives, folder.path(), binaries);
        if (account.violations().isEmpty() && !plan.keep()) {
          folder.dispose();
        }
        return account.violations().isEmpty();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException("%s; the logs are in %s".formatted(e.getMessage(), folder.path()), e);
      }
    }
  }

  private Account soak(Packaged packaged, ClassArchives archives, Path data, Path binaries)
      throws Exception {
    CallLog calls = new CallLog();
    try (StubWorld world = new StubWorld(calls);
        Installation installation =
            Installation.prepare(
                new Installation.Plan(packaged, archives, data, binaries, world.port()))) {
      Suite suite = new Suite(installation, calls, narrator, plan.perSecond());
      suite.begin(Definitions.forWorldAt(installation.addresses().apis()));
      try (Watch watch =
          new Watch(
              installation,
              data,
              suite::open,
              READ_EVERY,
              reading -> narrator.line(GrowthTable.line(reading)))) {
        Account account = plan.times() > 0 ? figures(suite) : chance(suite);
        Report.print(out, account, narrator.recoveries(), watch.readings());
        return account;
      }
    }
  }

  private Account chance(Suite suite) throws Exception {
    FaultPlan faults = new FaultPlan(plan.seed(), plan.kinds());
    long end = System.nanoTime() + plan.lasts().toNanos();
    Account account = Account.NOTHING;
    do {
      account = account.plus(suite.cycle(faults.nextCycle()));
    } while (System.nanoTime() < end);
    return account;
  }

  private Account figures(Suite suite) throws Exception {
    List<PlannedFault> each = new ArrayList<>();
    for (Member member : Member.values()) {
      each.add(PlannedFault.kill(member));
    }
    each.add(PlannedFault.killEverything());
    Account account = Account.NOTHING;
    for (int time = 0; time < plan.times(); time++) {
      account = account.plus(suite.cycle(each));
    }
    return account;
  }
}
