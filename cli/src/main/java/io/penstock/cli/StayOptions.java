package io.penstock.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether to stay with what the server does anyway, and whether to talk meanwhile. */
public final class StayOptions {
  @Option(
      names = {"-f", "--follow"},
      description = "Tell how it goes, until all has ended.")
  private boolean follow;

  @Option(
      names = {"-w", "--wait"},
      description = "Return when all has ended, and say how.")
  private boolean wait;

  /**
   * To be called before anything is done.
   *
   * @throws ParameterException if both are given
   */
  public void check(CommandLine command) {
    if (follow && wait) {
      throw new ParameterException(command, "--follow waits for the end too: leave --wait out");
    }
  }

  public boolean isFollowing() {
    return follow;
  }

  public boolean isWaiting() {
    return wait;
  }

  /** One or the other. */
  public boolean isStaying() {
    return follow || wait;
  }
}
