package io.penstock.cli.control;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verbs about steps that failed for good: one of them, or all of an execution. */
public abstract class StepControls extends ControlCommand {
  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only this step (default: all that failed).")
  private Optional<String> path;

  StepControls(String verb) {
    super(verb);
  }

  @Override
  Optional<String> path() {
    return path;
  }

  /** {@code penstock executions replay}. */
  @Command(
      name = "replay",
      description = {
        "Tries the dead steps of suspended executions again; finished steps are kept.",
        "For many of them at a time 'penstock dlq replay' is better: it samples, paces and stops."
      },
      footer = {
        "",
        "Examples:",
        "  penstock executions replay ID --reason 'key rotated'",
        "  penstock executions replay ID --path pipeline/0/deal"
      })
  public static final class Replay extends StepControls {
    Replay() {
      super("replay");
    }
  }

  /** {@code penstock executions retry-compensation}. */
  @Command(
      name = "retry-compensation",
      description = "Tries compensations that failed once more.",
      footer = {
        "",
        "Examples:",
        "  penstock executions retry-compensation ID",
        "  penstock executions retry-compensation ID --path charge --reason 'the bank is back'"
      })
  public static final class Retry extends StepControls {
    Retry() {
      super("retry_compensation");
    }
  }

  /** {@code penstock executions skip-compensation}. */
  @Command(
      name = "skip-compensation",
      description = {
        "Goes on without compensations that failed.",
        "What they should have undone stays done; history says who decided so."
      },
      footer = {
        "",
        "Examples:",
        "  penstock executions skip-compensation ID --path tell --reason 'the mail is out'"
      })
  public static final class Skip extends StepControls {
    Skip() {
      super("skip_compensation");
    }
  }

  /** {@code penstock executions mark-compensated}. */
  @Command(
      name = "mark-compensated",
      description = "Says that you have undone by hand what compensations that failed should have.",
      footer = {
        "",
        "Examples:",
        "  penstock executions mark-compensated ID --path charge --reason 'refunded by phone'"
      })
  public static final class Mark extends StepControls {
    Mark() {
      super("mark_compensated");
    }
  }
}
