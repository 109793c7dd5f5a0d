package io.penstock.cli.server;

import io.penstock.cli.CliException;

/** The server did not answer. Who has time may ask again. */
public final class UnreachableException extends CliException {
  private static final long serialVersionUID = 1L;

  private final boolean sent;

  UnreachableException(int exitCode, String message, boolean sent) {
    super(exitCode, message);
    this.sent = sent;
  }

  /** Whether it may have done what was asked all the same. */
  public boolean maybeDone() {
    return sent;
  }
}
