package io.penstock.simulator;

import io.penstock.simulator.check.Invariants;
import io.penstock.simulator.planted.PlantedBug;
import io.penstock.simulator.run.RunResult;
import io.penstock.simulator.run.Shrinker;
import io.penstock.simulator.run.Simulation;
import io.penstock.simulator.run.Tally;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock simulate}: looks for a schedule that breaks a promise. */
@Command(
    name = "simulate",
    description = {
      "Look for a schedule of faults that breaks a promise: the real orchestrator on a simulated log,",
      "with simulated workers, in virtual time.",
      "%nEach seed is a run: generated workflows, events that come twice, killed and frozen processes,",
      "transactions that abort, late outcomes, clocks that jump, operators. Everything that must hold",
      "is checked afterwards. The same seed is the same run.",
      "%nA run that fails is shortened, and what is left of its schedule is shown. Exit code 0 if all",
      "runs were good, 1 if one was not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  penstock simulate --minutes 10",
      "  penstock simulate --from 1 --seeds 5000",
      "  penstock simulate --from 111 --seeds 1 --trace",
      "  penstock simulate --plant accept-twice --seeds 50"
    },
    sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final int SHRINKING_RUNS = 150;
  private static final int SHOWN_VIOLATIONS = 8;
  private static final int SHOWN_FAILURES = 5;

  @Option(
      names = "--from",
      paramLabel = "SEED",
      description = "First seed; by the clock if not given.")
  private Long from;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "So many seeds, one after the other; 1000 if --minutes is not given either.")
  private Integer seeds;

  @Option(names = "--minutes", paramLabel = "M", description = "No new seed after so many minutes.")
  private Double minutes;

  @Option(names = "--trace", description = "Print all that happens in each run.")
  private boolean trace;

  @Option(
      names = "--plant",
      paramLabel = "MISTAKE",
      description = "Make this mistake on purpose, to see it found; 'list' names them all.")
  private String plant;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if ("list".equals(plant)) {
      Arrays.stream(PlantedBug.values())
          .forEach(bug -> out.printf("%-28s %s%n", bug.id(), bug.what()));
      return 0;
    }
    PlantedBug planted = planted();
    long first = from == null ? System.currentTimeMillis() / 1_000 : from;
    long begun = System.nanoTime();
    Tally tally = new Tally();
    long last = seeds == null && minutes != null ? Long.MAX_VALUE : first + count() - 1;
    long nextLine = BETWEEN_LINES.toNanos();
    for (long seed = first; seed <= last; seed++) {
      long passed = System.nanoTime() - begun;
      if (minutes != null && passed > minutes * Duration.ofMinutes(1).toNanos()) {
        break;
      }
      if (passed > nextLine) {
        nextLine = passed + BETWEEN_LINES.toNanos();
        progress(tally, seed, passed);
      }
      RunResult result =
          trace
              ? Simulation.run(Simulation.plan(seed), planted, out::println)
              : Simulation.run(Simulation.plan(seed), planted);
      tally.add(result);
      if (!result.isGood() && tally.failed() <= SHOWN_FAILURES) {
        show(out, result, planted);
      }
    }
    summary(out, tally, first, System.nanoTime() - begun);
    return tally.failed() == 0 ? 0 : 1;
  }

  private int count() {
    int count = seeds == null ? 1_000 : seeds;
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--seeds must be at least 1");
    }
    return count;
  }

  private PlantedBug planted() {
    if (plant == null) {
      return PlantedBug.NONE;
    }
    return Arrays.stream(PlantedBug.values())
        .filter(bug -> bug.id().equals(plant))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no mistake is called '" + plant + "'; --plant list names them all"));
  }

  private void progress(Tally tally, long seed, long nanos) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "%4d s  seed %d  %d runs, %d failed%n",
        Duration.ofNanos(nanos).toSeconds(), seed, tally.runs(), tally.failed());
    err.flush();
  }

  private static void show(PrintWriter out, RunResult failed, PlantedBug planted) {
    out.printf("%nSeed %d breaks what must hold:%n", failed.plan().seed());
    failed.violations().stream()
        .limit(SHOWN_VIOLATIONS)
        .forEach(violation -> out.println("  " + violation));
    if (failed.violations().size() > SHOWN_VIOLATIONS) {
      out.printf("  and %d more%n", failed.violations().size() - SHOWN_VIOLATIONS);
    }
    RunResult shortest = Shrinker.shrink(failed, planted, SHRINKING_RUNS);
    out.printf(
        "Of its %d planned happenings these %d are enough:%n",
        failed.plan().items().size(), shortest.plan().items().size());
    shortest.plan().items().forEach(item -> out.println("  " + item));
    out.printf(
        "Again, with all that happens: penstock simulate --from %d --seeds 1 --trace%s%n",
        failed.plan().seed(), planted == PlantedBug.NONE ? "" : " --plant " + planted.id());
    out.printf("Version: %s%n", Build.commit());
    out.flush();
  }

  private static void summary(PrintWriter out, Tally tally, long first, long nanos) {
    out.printf(
        "%d runs from seed %d in %d s: %d executions, %d outside calls, %d steps, %d faults%n",
        tally.runs(),
        first,
        Duration.ofNanos(nanos).toSeconds(),
        tally.executions(),
        tally.calls(),
        tally.steps(),
        tally.faults());
    tally.planned().forEach((name, times) -> out.printf("  %-22s %d%n", name, times));
    out.printf(
        "%d failed; %d things were checked after each%n", tally.failed(), Invariants.count());
    out.flush();
  }
}
