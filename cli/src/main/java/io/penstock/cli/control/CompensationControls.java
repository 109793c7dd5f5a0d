package io.penstock.cli.control;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Verbs for executions that are FAILED_TO_COMPENSATE: of one step, or of all that failed. */
public abstract class CompensationControls extends ControlCommand {
  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "The step whose compensation is meant (default: all that failed).")
  private Optional<String> path;

  CompensationControls(String verb) {
    super(verb);
  }

  @Override
  Optional<String> path() {
    return path;
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
  public static final class Retry extends CompensationControls {
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
  public static final class Skip extends CompensationControls {
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
  public static final class Mark extends CompensationControls {
    Mark() {
      super("mark_compensated");
    }
  }
}
