package io.penstock.cli.execution;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code penstock executions cancel}. */
@Command(
    name = "cancel",
    description = {"Ends executions now; what workers have in hand is not waited for."},
    footer = {"", "Examples:", "  penstock executions cancel ID --reason 'wrong list'"})
public final class CancelCommand implements Runnable {
  @Mixin private Wish wish;

  @Override
  public void run() {
    wish.send("cancel", Map.of());
  }
}
