package io.penstock.cli;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who wishes something, and why: both stand in history and in the audit for ever. */
public final class OperatorOptions {
  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who you are, for the audit (now: ${DEFAULT-VALUE}).")
  private String by;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "none given",
      description = "Why, for the audit.")
  private String reason;

  public String by() {
    return by;
  }

  public String reason() {
    return reason;
  }

  /** Adds members {@code by} and {@code reason}. */
  public void addTo(Map<String, Object> body) {
    body.put("by", by);
    body.put("reason", reason);
  }
}
