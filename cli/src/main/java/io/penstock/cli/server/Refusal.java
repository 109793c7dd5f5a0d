package io.penstock.cli.server;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;

/** What a problem answer (RFC 9457) means for a command. */
public final class Refusal {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int NOT_UNDERSTOOD = 415;
  private static final int UNPROCESSABLE = 422;
  private static final int GATEWAY_TIMEOUT = 504;

  private Refusal() {}

  /**
   * Ends the command with what the server says.
   *
   * @param attempted e.g. {@code cannot apply definitions}
   */
  public static CliException of(String attempted, Answer answer) {
    return new CliException(
        exitCode(answer.status()),
        "%s: %s (HTTP %d)".formatted(attempted, reason(answer), answer.status()));
  }

  /** What the server says, for messages. */
  public static String reason(Answer answer) {
    Object detail = answer.body().at("detail");
    Object title = answer.body().at("title");
    return detail != null
        ? detail.toString()
        : title != null ? title.toString() : "is this a Penstock server?";
  }

  static int exitCode(int status) {
    return switch (status) {
      case BAD_REQUEST -> ExitCode.USAGE;
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case REQUEST_TIMEOUT, GATEWAY_TIMEOUT -> ExitCode.TIMEOUT;
      case CONFLICT -> ExitCode.CONFLICT;
      case TOO_LARGE, NOT_UNDERSTOOD, UNPROCESSABLE -> ExitCode.INVALID;
      default -> ExitCode.SOFTWARE;
    };
  }
}
