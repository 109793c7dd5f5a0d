package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

/**
 * What went wrong in a step.
 *
 * @param message for people, at most {@value #MAX_MESSAGE_LENGTH} characters; no secrets, no
 *     payloads
 * @param retriable whether the same request may succeed later
 */
public record StepError(ErrorType type, String message, boolean retriable) {
  public static final int MAX_MESSAGE_LENGTH = 1_000;

  public StepError {
    requireNonNull(type, "type");
    requireNonNull(message, "message");
    if (message.length() > MAX_MESSAGE_LENGTH) {
      message = message.substring(0, MAX_MESSAGE_LENGTH - 1) + "…";
    }
  }

  /** An error with the retry rule of its type. */
  public static StepError of(ErrorType type, String message) {
    return new StepError(type, message, type.retriableByDefault());
  }
}
