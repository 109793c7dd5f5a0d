package io.penstock.cli.execution;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock executions resume}. */
@Command(
    name = "resume",
    description = {"Lets paused executions go on."},
    footer = {"", "Examples:", "  penstock executions resume ID --reason 'maintenance is over'"})
public final class ResumeCommand implements Runnable {
  @Mixin private Wish wish;

  @Override
  public void run() {
    wish.send("resume", Map.of());
  }
}
