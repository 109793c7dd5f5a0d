package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.worker.limit.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the end of a call says about the other side's health, whatever it means for the step. */
final class Health {
  private Health() {}

  static Verdict of(HttpAnswer answer, Instant now) {
    Optional<Duration> wish = answer.retryAfter(now);
    return switch (answer.status()) {
      case 429 -> new Verdict.Busy(wish);
      case 503 -> wish.isPresent() ? new Verdict.Busy(wish) : new Verdict.Sick();
      case 500, 502, 504 -> new Verdict.Sick();
      default -> new Verdict.Well();
    };
  }

  /** Of a call that brought no answer. */
  static Verdict of(ErrorType failure) {
    return switch (failure) {
      case TIMEOUT, COMMUNICATION -> new Verdict.Sick();
      case CONFIGURATION,
          VALIDATION,
          EXPRESSION,
          AUTHENTICATION,
          AUTHORIZATION,
          RUNTIME,
          QUOTA,
          TOO_LARGE,
          BLOCKED,
          BUDGET,
          INTERNAL ->
          new Verdict.Well();
    };
  }
}
