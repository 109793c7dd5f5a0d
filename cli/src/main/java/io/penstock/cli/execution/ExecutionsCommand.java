package io.penstock.cli.execution;

import io.penstock.cli.control.CompensationControls;
import io.penstock.cli.control.Controls;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code penstock executions}: what became of the events, and what operators wish of it. */
@Command(
    name = "executions",
    description = {
      "Shows executions: what each did, what it waits for, what it cost.",
      "And ends, pauses, resumes them, or has done undone, with a reason that stays in history."
    },
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      Controls.Cancel.class,
      Controls.Pause.class,
      Controls.Resume.class,
      Controls.Replay.class,
      Controls.Compensate.class,
      CompensationControls.Retry.class,
      CompensationControls.Skip.class,
      CompensationControls.Mark.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  penstock executions list --status suspended",
      "  penstock executions show ID --follow",
      "  penstock executions cancel ID --reason 'test order'"
    })
public final class ExecutionsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "which? 'penstock executions list' or 'penstock executions show ID', or with cancel, pause, resume or replay for show");
  }
}
