package io.penstock.cli;

/** Ends a command with a message for people and an exit code for scripts. */
public class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param exitCode one of {@link ExitCode}
   * @param message what was attempted, what stands in the way, what to do; may have several lines
   */
  public CliException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public final int exitCode() {
    return exitCode;
  }
}
