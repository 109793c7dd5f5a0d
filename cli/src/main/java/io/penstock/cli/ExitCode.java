package io.penstock.cli;

/** What the command line ends with; scripts rely on it. */
public final class ExitCode {
  public static final int OK = 0;

  /** The server cannot be reached or is at fault, or we are, or what was waited for went wrong. */
  public static final int SOFTWARE = 1;

  /** The command was not written as it must be. */
  public static final int USAGE = 2;

  public static final int NOT_FOUND = 3;

  /**
   * What was asked for contradicts what is there, e.g. a version that exists with other content.
   */
  public static final int CONFLICT = 4;

  /** Definitions have problems, or an event has. */
  public static final int INVALID = 5;

  /** It may still happen, but not within the time. */
  public static final int TIMEOUT = 6;

  private ExitCode() {}

  /** For who has waited for the end of an execution. */
  public static int ofEnd(String status) {
    return "COMPLETED".equals(status) ? OK : SOFTWARE;
  }
}
