package io.penstock.soak;

import io.penstock.soak.account.Account;
import io.penstock.soak.fault.PlannedFault;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import io.penstock.soak.installation.Packaged;
import io.penstock.soak.world.CallLog;
import io.penstock.soak.world.StubWorld;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock soak}. */
@Command(name = "soak")
public final class SoakCommand implements Callable<Integer> {
  @Option(names = "--data", defaultValue = ".penstock/soak")
  Path data;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    CallLog calls = new CallLog();
    try (StubWorld world = new StubWorld(calls);
        Installation installation =
            Installation.prepare(
                new Installation.Plan(
                    Packaged.here(),
                    data.toAbsolutePath(),
                    data.resolveSibling("postgresql").toAbsolutePath(),
                    world.port()))) {
      Narrator narrator = new Narrator(out);
      Suite suite = new Suite(installation, calls, narrator, 15);
      suite.begin(Definitions.forWorldAt(installation.addresses().apis()));
      Account account =
          suite.cycle(
              List.of(
                  PlannedFault.kill(Member.ORCHESTRATOR_1),
                  PlannedFault.kill(Member.WORKER_1),
                  PlannedFault.kill(Member.INGEST),
                  PlannedFault.kill(Member.BROKER),
                  PlannedFault.kill(Member.DATABASE),
                  PlannedFault.kill(Member.CONSOLE),
                  PlannedFault.killEverything()));
      narrator.recoveries().table().forEach(out::println);
      return account.violations().isEmpty() ? 0 : 1;
    }
  }
}
