package io.penstock.worker.runtime;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.Usage;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of an attempt.
 *
 * @param usage what model calls consumed, also when they failed: they are billed
 */
public record AttemptResult(StepOutcome.Result result, Optional<Usage> usage) {

  public static AttemptResult succeeded(Json output) {
    return new AttemptResult(new StepOutcome.Succeeded(output), Optional.empty());
  }

  /** A failure with the retry rule of its type. */
  public static AttemptResult failed(ErrorType type, String message) {
    return failed(StepError.of(type, message), Optional.empty());
  }

  public static AttemptResult failed(StepError error, Optional<Duration> retryAfter) {
    return new AttemptResult(new StepOutcome.Failed(error, retryAfter), Optional.empty());
  }

  /** The call was not made; the same attempt comes again after the delay. */
  public static AttemptResult deferred(Duration delay, String reason) {
    return deferred(delay, reason, Optional.empty());
  }

  /**
   * @param ticket that the next delivery brings back
   */
  public static AttemptResult deferred(Duration delay, String reason, Optional<String> ticket) {
    return new AttemptResult(new StepOutcome.Deferred(delay, reason, ticket), Optional.empty());
  }

  public AttemptResult with(Usage consumed) {
    return new AttemptResult(result, Optional.of(consumed));
  }
}
