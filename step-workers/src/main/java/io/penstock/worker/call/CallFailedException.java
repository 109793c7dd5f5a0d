package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.runtime.AttemptResult;
import java.time.Duration;
import java.util.Optional;

/** A call that did not bring what it should; says what the outcome is. */
public final class CallFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient AttemptResult result;

  public CallFailedException(StepError error, Optional<Duration> retryAfter) {
    super(error.message());
    this.result = AttemptResult.failed(error, retryAfter);
  }

  /**
   * @param deferred the call was not made, or not served: the attempt comes again
   */
  CallFailedException(AttemptResult deferred) {
    super("deferred");
    this.result = deferred;
  }

  public CallFailedException(ErrorType type, String message) {
    this(StepError.of(type, message), Optional.empty());
  }

  /** Not of a deferral. */
  StepError error() {
    return ((StepOutcome.Failed) result.result()).error();
  }

  public AttemptResult result() {
    return result;
  }
}
