package io.penstock.cli.execution;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code penstock executions}: what became of the events. */
@Command(
    name = "executions",
    description = "Shows executions: what each did, what it waits for, what it cost.",
    subcommands = {ListCommand.class, ShowCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  penstock executions list --status suspended",
      "  penstock executions show ID --follow"
    })
public final class ExecutionsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "which? 'penstock executions list' or 'penstock executions show ID'");
  }
}
