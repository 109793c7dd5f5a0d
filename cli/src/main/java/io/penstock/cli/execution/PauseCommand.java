package io.penstock.cli.execution;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock executions pause}. */
@Command(
    name = "pause",
    description = {"Starts no further step; outcomes of what is under way still count."},
    footer = {"", "Examples:", "  penstock executions pause ID --reason 'maintenance'"})
public final class PauseCommand implements Runnable {
  @Mixin private Wish wish;

  @Override
  public void run() {
    wish.send("pause", Map.of());
  }
}
