package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.worker.runtime.AttemptResult;
import java.time.Duration;
import java.util.Optional;

/** A call that did not bring what it should; says what the outcome is. */
public final class CallFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient StepError error;
  private final transient Optional<Duration> retryAfter;

  public CallFailedException(StepError error, Optional<Duration> retryAfter) {
    super(error.message());
    this.error = error;
    this.retryAfter = retryAfter;
  }

  public CallFailedException(ErrorType type, String message) {
    this(StepError.of(type, message), Optional.empty());
  }

  public StepError error() {
    return error;
  }

  public AttemptResult result() {
    return AttemptResult.failed(error, retryAfter);
  }
}
