package io.penstock.cli.control;

import picocli.CommandLine.Command;

/** Verbs that mean an execution as a whole. */
public final class Controls {
  private Controls() {}

  /** {@code penstock executions cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Ends executions now, as CANCELLED; what is in flight is not waited for.",
        "Exit code 4 if one had ended already, 6 if it is not known in time."
      },
      footer = {
        "",
        "Examples:",
        "  penstock executions cancel ID --reason 'test order'",
        "  penstock executions list --status suspended -o json | jq -r '.executions[].id' \\",
        "      | xargs penstock executions cancel --reason 'given up'"
      })
  public static final class Cancel extends ControlCommand {
    Cancel() {
      super("cancel");
    }
  }

  /** {@code penstock executions pause}. */
  @Command(
      name = "pause",
      description = {
        "Starts no further step of executions until they are resumed.",
        "What is in flight goes on, and its outcome counts."
      },
      footer = {"", "Examples:", "  penstock executions pause ID --reason 'asked the customer'"})
  public static final class Pause extends ControlCommand {
    Pause() {
      super("pause");
    }
  }

  /** {@code penstock executions resume}. */
  @Command(
      name = "resume",
      description = "Goes on with executions that are paused.",
      footer = {"", "Examples:", "  penstock executions resume ID"})
  public static final class Resume extends ControlCommand {
    Resume() {
      super("resume");
    }
  }

  /** {@code penstock executions replay}. */
  @Command(
      name = "replay",
      description = {
        "Goes on with suspended executions: all dead steps of each are tried again, with the",
        "Idempotency-Key they had, and one that a fault of ours has stopped goes on.",
        "For many letters at once, with a sample first and a limit of failures: 'penstock dlq replay'."
      },
      footer = {"", "Examples:", "  penstock executions replay ID --reason 'key rotated'"})
  public static final class Replay extends ControlCommand {
    Replay() {
      super("replay");
    }
  }

  /** {@code penstock executions compensate}. */
  @Command(
      name = "compensate",
      description = {
        "Undoes what running or suspended executions have done, and ends them.",
        "Each step that completed and has a 'compensate' in its definition, the last one first.",
        "Returns when that has begun: 'penstock executions show ID --follow' tells how it goes."
      },
      footer = {"", "Examples:", "  penstock executions compensate ID --reason 'order withdrawn'"})
  public static final class Compensate extends ControlCommand {
    Compensate() {
      super("compensate");
    }
  }
}
