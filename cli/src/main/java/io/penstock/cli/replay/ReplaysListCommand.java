package io.penstock.cli.replay;

import picocli.CommandLine.Command;

/** {@code penstock dlq replays list}. */
@Command(
    name = "list",
    description = "Lists replays, the newest first.",
    footer = {
      "",
      "Examples:",
      "  penstock dlq replays list",
      "  penstock dlq replays list -o json | jq -r '.replays[] | select(.failedAgain > 0) | .id'"
    })
public final class ReplaysListCommand extends ListsReplays {}
