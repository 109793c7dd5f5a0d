package io.penstock.cli.replay;

import picocli.CommandLine.Command;

/** {@code penstock dlq replays}: those that were started, by whomever. */
@Command(
    name = "replays",
    description = {
      "Shows replays that were started, and pauses, resumes or cancels them.",
      "Alone it is the same as 'list'."
    },
    subcommands = {
      ReplaysListCommand.class,
      ReplaysShowCommand.class,
      ReplayControls.Pause.class,
      ReplayControls.Resume.class,
      ReplayControls.Cancel.class
    },
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "Examples:",
      "  penstock dlq replays",
      "  penstock dlq replays show ID --follow",
      "  penstock dlq replays show ID --failed",
      "  penstock dlq replays pause ID --reason 'the CRM is slow again'"
    })
public final class ReplaysCommand extends ListsReplays {}
