package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to try a failed step again. */
final class RetrySchedule {
  /** No wish of the other side is honoured for longer; so a lying clock cannot park a step. */
  static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

  private RetrySchedule() {}

  /**
   * @param retriesUsed 0 after the first attempt
   * @param failedAt broker time (UTC)
   * @param retryAfter what the other side asked for; the later of it and the rule counts
   * @param command that failed; jitter is derived from it, so that deciding again gives the same
   * @return when the next attempt is due; empty when no retry is left
   */
  static Optional<Instant> next(
      Retry.Schedule schedule,
      int retriesUsed,
      Instant failedAt,
      Optional<Duration> retryAfter,
      CommandId command) {
    return delay(schedule, retriesUsed, Hash.fraction("jitter", command.toString()))
        .map(delay -> later(delay, retryAfter))
        .map(failedAt::plus);
  }

  private static Duration later(Duration delay, Optional<Duration> retryAfter) {
    return retryAfter
        .map(wish -> wish.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wish)
        .filter(wish -> wish.compareTo(delay) > 0)
        .orElse(delay);
  }

  private static Optional<Duration> delay(
      Retry.Schedule schedule, int retriesUsed, double fraction) {
    return switch (schedule) {
      case Retry.Delays fixed ->
          retriesUsed < fixed.delays().size()
              ? Optional.of(grown(fixed.delays().get(retriesUsed), fixed.jitter() * fraction))
              : Optional.empty();
      case Retry.Backoff rule ->
          retriesUsed < rule.limit()
              ? Optional.of(
                  atMost(rule.max(), grown(base(rule, retriesUsed), rule.jitter() * fraction)))
              : Optional.empty();
    };
  }

  private static Duration base(Retry.Backoff rule, int retriesUsed) {
    double times =
        switch (rule.kind()) {
          case CONSTANT -> 1;
          case LINEAR -> retriesUsed + 1.0;
          case EXPONENTIAL -> Math.pow(rule.factor(), retriesUsed);
        };
    double millis = rule.delay().toMillis() * times;
    return millis >= rule.max().toMillis() ? rule.max() : Duration.ofMillis((long) millis);
  }

  private static Duration grown(Duration delay, double share) {
    return delay.plusMillis((long) (delay.toMillis() * share));
  }

  private static Duration atMost(Duration max, Duration delay) {
    return delay.compareTo(max) > 0 ? max : delay;
  }
}
