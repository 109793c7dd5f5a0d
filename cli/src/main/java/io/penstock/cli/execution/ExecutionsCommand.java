package io.penstock.cli.execution;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code penstock executions}: what became of the events, and what operators wish of it. */
@Command(
    name = "executions",
    description =
        "Shows executions: what each did, what it waits for, what it cost. Cancels, pauses, resumes and replays them.",
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      CancelCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      ReplayCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  penstock executions list --status suspended",
      "  penstock executions show ID --follow",
      "  penstock executions replay ID --reason 'key rotated'"
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
