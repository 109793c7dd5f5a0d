package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;

/** What an HTTP status that is no success means for a step. */
public final class StatusMapping {
  private StatusMapping() {}

  /**
   * @param who what was called, for the message
   */
  public static StepError error(int status, String who) {
    String message = who + ": answered " + status;
    return switch (status) {
      case 401 -> StepError.of(ErrorType.AUTHENTICATION, message);
      case 403 -> StepError.of(ErrorType.AUTHORIZATION, message);
      case 408, 504 -> StepError.of(ErrorType.TIMEOUT, message);
      // Too many requests (429) is not QUOTA: that one is not refilled by waiting.
      case 425, 429, 500, 502, 503 -> StepError.of(ErrorType.COMMUNICATION, message);
      // Somebody else is changing the same thing; a moment later it may be accepted.
      case 409 -> new StepError(ErrorType.RUNTIME, message, true);
      default -> StepError.of(ErrorType.RUNTIME, message + explanation(status));
    };
  }

  private static String explanation(int status) {
    return status >= 300 && status < 400
        ? "; redirects are not followed, write the final address"
        : "";
  }
}
