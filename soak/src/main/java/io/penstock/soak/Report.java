package io.penstock.soak;

import io.penstock.soak.account.Account;
import io.penstock.soak.watch.GrowthTable;
import io.penstock.soak.watch.Reading;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;

/** What came out, at the end. */
final class Report {
  private Report() {}

  static void print(
      PrintWriter out, Account account, Recoveries recoveries, List<Reading> readings) {
    out.println();
    out.printf(
        "%,d events sent, %,d accepted with %,d answers, %,d ended as they had to%n",
        account.sent(), account.accepted(), account.acceptances(), account.ended());
    out.println();
    out.println("Calls to the outside: wanted, made");
    new TreeMap<>(account.calls())
        .forEach(
            (step, calls) -> out.printf("  %-10s %,9d %,9d%n", step, calls.wanted(), calls.made()));
    out.println();
    out.println("Calls repeated since they were in flight when it happened");
    new TreeMap<>(account.repeated())
        .forEach((cause, count) -> out.printf("  %-28s %,6d%n", cause, count));
    out.println();
    out.println("Until service was back: median (worst)");
    recoveries.table().forEach(line -> out.println("  " + line));
    out.println();
    GrowthTable.of(readings).forEach(line -> out.println("  " + line));
    out.println();
    out.printf("%d violations%n", account.violations().size());
    account.violations().forEach(violation -> out.println("  " + violation));
    out.flush();
  }
}
