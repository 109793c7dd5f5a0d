package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Failures of calls that brought no answer. */
final class NoAnswer {
  private NoAnswer() {}

  /** The kind of trouble only: messages of libraries quote addresses and headers. */
  static CallFailedException because(String who, Throwable cause) {
    return switch (cause) {
      case ConnectException ignored -> because(who, "no connection");
      case NoRouteToHostException ignored -> because(who, "no connection");
      case SSLException ignored -> because(who, "no secure connection");
      default -> because(who, "the connection was closed");
    };
  }

  static CallFailedException because(String who, String trouble) {
    return new CallFailedException(
        ErrorType.COMMUNICATION, "%s: no answer (%s)".formatted(who, trouble));
  }

  static CallFailedException inTime(String who, Duration timeout) {
    return new CallFailedException(
        ErrorType.TIMEOUT, "%s: no complete answer within %s".formatted(who, inSeconds(timeout)));
  }

  /** The thread that waits was interrupted. */
  static CallFailedException stopped(String who) {
    return new CallFailedException(
        ErrorType.COMMUNICATION, who + ": the worker was stopped during the call");
  }

  private static String inSeconds(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }
}
