package io.penstock.cli.dlq;

import io.penstock.cli.letter.DiscardCommand;
import io.penstock.cli.letter.ExportCommand;
import io.penstock.cli.letter.GroupsCommand;
import io.penstock.cli.letter.ListCommand;
import io.penstock.cli.letter.ShowCommand;
import io.penstock.cli.replay.ReplayCommand;
import io.penstock.cli.replay.ReplaysCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code penstock dlq}: what could not be done, and how to do it after all. */
@Command(
    name = "dlq",
    description = {
      "Dead letters: what could not be done. Shows them, replays them, discards them.",
      "Begin with 'groups': letters that failed of the same thing stand together. A replay goes on",
      "with the same execution at the step that failed; what was finished is kept and not done again."
    },
    subcommands = {
      GroupsCommand.class,
      ListCommand.class,
      ShowCommand.class,
      ReplayCommand.class,
      ReplaysCommand.class,
      DiscardCommand.class,
      ExportCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  penstock dlq groups                               what fails, since when, how often",
      "  penstock dlq list --group GROUP                   the letters of one group",
      "  penstock dlq show ID                              everything about one letter",
      "  penstock dlq replay --group GROUP --dry-run       what a replay would do and cost",
      "  penstock dlq replay --group GROUP --sample 5 --rate 10/s --follow",
      "  penstock dlq replays show ID --failed             what failed again"
    })
public final class DlqCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "which? 'penstock dlq groups' shows what fails, 'penstock dlq list' each dead letter");
  }
}
