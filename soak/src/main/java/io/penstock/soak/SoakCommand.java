package io.penstock.soak;

import io.penstock.soak.account.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock soak}: the process suite for hours. */
@Command(
    name = "soak",
    description = {
      "Kill the parts of an installation under load, for hours, and account for every event.",
      "Ingest, two orchestrators, two workers, console, Kafka and PostgreSQL run as processes of",
      "their own on free ports of this machine; signed webhooks come in all the time, some of them",
      "twice; what the steps call is simulated, and remembers every call. In cycles of some minutes",
      "each part is killed, frozen or restarted in an order by chance. Then everything accepted has",
      "to be there once, at its end, in its order, and no call may be repeated that was not in",
      "flight. Everything else is a violation."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock soak --hours 8",
      "  penstock soak --hours 0.2 --seed 4711 --faults kill",
      "  penstock soak --figures 5              how long service is away, by what was killed",
      "",
      "Exit code 0: no violation; 1: at least one, or it could not go on. Then the data and logs of",
      "all processes stay below the folder of --data; otherwise they are removed. What is killed",
      "when, and what is sent, follows from the seed; which instruction it hits does not."
    })
public final class SoakCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int MOST_PER_SECOND = 200;

  @Option(
      names = "--hours",
      defaultValue = "1",
      description =
          "How long, as a decimal number; the cycle at work then is finished (default: ${DEFAULT-VALUE}).")
  double hours;

  @Option(
      names = "--seed",
      description = "Repeats the faults of another soak (default: a new one).")
  Long seed;

  @Option(
      names = "--faults",
      split = ",",
      paramLabel = "KINDS",
      defaultValue = "kill,freeze,restart",
      description = {
        "What is done, with commas between (default: ${DEFAULT-VALUE}):",
        "kill (SIGKILL), freeze (SIGSTOP for 1 to 15 s), restart (SIGTERM)."
      })
  Set<Fault.Kind> faults;

  @Option(
      names = "--rate",
      defaultValue = "15",
      description = "Events a second, 1 to 200 (default: ${DEFAULT-VALUE}).")
  int rate;

  @Option(
      names = "--figures",
      paramLabel = "TIMES",
      description =
          "Instead of chance: kill each part so many times, and everything at once, and print how long service was away.")
  Integer times;

  @Option(
      names = "--data",
      defaultValue = ".penstock/soak",
      description = "Folder in which data and logs lie (default: ${DEFAULT-VALUE}).")
  Path data;

  @Option(names = "--keep", description = "Leave data and logs in place in any case.")
  boolean keep;

  @Spec CommandSpec command;

  @Override
  public Integer call() throws InterruptedException {
    requireWithin("--rate", rate, 1, MOST_PER_SECOND);
    if (times != null) {
      requireWithin("--figures", times, 1, 100);
    }
    if (hours <= 0 || hours > 10_000) {
      throw wrong("--hours is " + hours + "; accepted is more than 0, up to 10000");
    }
    Soak.Plan plan =
        new Soak.Plan(
            Duration.ofSeconds(Math.round(hours * Duration.ofHours(1).toSeconds())),
            seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed,
            EnumSet.copyOf(faults),
            rate,
            times == null ? 0 : times,
            data,
            keep);
    try {
      return new Soak(plan, command.commandLine().getOut()).perform() ? 0 : FAILED;
    } catch (IOException e) {
      command.commandLine().getErr().println("penstock soak: " + e.getMessage());
      return FAILED;
    }
  }

  private void requireWithin(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong("%s is %d; accepted is %d to %d".formatted(option, value, least, most));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
