package io.penstock.cli.execution;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code penstock executions replay}. */
@Command(
    name = "replay",
    description = {
      "Tries the dead steps of suspended executions again. Finished steps are kept; the call to",
      "the outside has the Idempotency-Key it had."
    },
    footer = {
      "",
      "Examples:",
      "  penstock executions replay ID --reason 'key rotated'",
      "  penstock executions replay ID --path pipeline/0/deal"
    })
public final class ReplayCommand implements Runnable {
  @Mixin private Wish wish;

  @Option(names = "--path", paramLabel = "PATH", description = "Only this dead step.")
  private String path;

  @Override
  public void run() {
    wish.send("replay", path == null ? Map.of() : Map.of("path", path));
  }
}
