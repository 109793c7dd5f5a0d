package io.penstock.soak;

import io.penstock.soak.account.Account;
import io.penstock.soak.account.Recovery;
import io.penstock.soak.fault.PlannedFault;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells what happens while it happens, a line each, and keeps the figures for the end. */
final class Narrator {
  private final PrintWriter out;
  private final Recoveries recoveries = new Recoveries();
  private final long begun = System.nanoTime();

  Narrator(PrintWriter out) {
    this.out = out;
  }

  void started(Duration took) {
    line("everything is up, definitions included, after " + Recoveries.seconds(took));
  }

  void doing(PlannedFault planned) {
    line(
        planned.title()
            + (planned.lasts().isZero() ? "" : " for " + Recoveries.seconds(planned.lasts())));
  }

  void back(PlannedFault planned, Recovery recovery) {
    recoveries.add(planned, recovery);
    line(
        "  accepted after %s, a whole execution after %s, in every partition after %s"
            .formatted(
                Recoveries.seconds(recovery.accepted()),
                Recoveries.seconds(recovery.ended()),
                Recoveries.seconds(recovery.everywhere())));
  }

  void accounted(int cycle, Account account) {
    line(
        "cycle %d: %,d sent, %,d accepted, %,d ended, %,d calls repeated, %d violations"
            .formatted(
                cycle,
                account.sent(),
                account.accepted(),
                account.ended(),
                account.repeated().values().stream().mapToInt(Integer::intValue).sum(),
                account.violations().size()));
    account.violations().forEach(violation -> line("  VIOLATION " + violation));
  }

  Recoveries recoveries() {
    return recoveries;
  }

  void line(String text) {
    Duration since = Duration.ofNanos(System.nanoTime() - begun);
    out.printf(
        Locale.ROOT,
        "%02d:%02d:%02d %s%n",
        since.toHours(),
        since.toMinutesPart(),
        since.toSecondsPart(),
        text);
    out.flush();
  }
}
