package io.penstock.simulator.language;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.message.StepError;
import java.time.Duration;
import java.util.Optional;

/** Whether a failed attempt is made again, and how long that takes at least. */
final class RetryRule {
  private static final Duration LONGEST_WISH = Duration.ofHours(24);

  private RetryRule() {}

  /**
   * What becomes of a failed attempt.
   *
   * @param delay before the next attempt, at least; empty: there is none
   * @param late whether there is none because it would be too late
   */
  record Next(Optional<Duration> delay, boolean late) {}

  /**
   * @param used how many retries of this series were made
   * @param passed since the first attempt of the series, at least
   */
  static Next next(
      Retry retry, StepError error, int used, Duration passed, Optional<Duration> wish) {
    Optional<Retry.Schedule> schedule = schedule(retry, error);
    Optional<Duration> delay =
        schedule.flatMap(rule -> delay(rule, used)).map(own -> longer(own, wish));
    boolean late =
        delay.isPresent()
            && schedule
                .flatMap(Retry.Schedule::duration)
                .filter(limit -> passed.plus(delay.get()).compareTo(limit) > 0)
                .isPresent();
    return new Next(late ? Optional.empty() : delay, late);
  }

  private static Optional<Retry.Schedule> schedule(Retry retry, StepError error) {
    for (Retry.Rule rule : retry.rules()) {
      if (rule.errors().contains(error.type())) {
        return Optional.of(rule.schedule());
      }
    }
    return error.retriable() ? Optional.of(retry.others()) : Optional.empty();
  }

  private static Optional<Duration> delay(Retry.Schedule schedule, int used) {
    return switch (schedule) {
      case Retry.Delays fixed ->
          used < fixed.delays().size() ? Optional.of(fixed.delays().get(used)) : Optional.empty();
      case Retry.Backoff rule ->
          used < rule.limit() ? Optional.of(grown(rule, used)) : Optional.empty();
    };
  }

  private static Duration grown(Retry.Backoff rule, int used) {
    Duration delay = rule.delay();
    for (int i = 0; i < used; i++) {
      delay =
          switch (rule.kind()) {
            case CONSTANT -> delay;
            case LINEAR -> delay.plus(rule.delay());
            case EXPONENTIAL -> Duration.ofMillis((long) (delay.toMillis() * rule.factor()));
          };
      if (delay.compareTo(rule.max()) > 0) {
        return rule.max();
      }
    }
    return delay.compareTo(rule.max()) > 0 ? rule.max() : delay;
  }

  private static Duration longer(Duration own, Optional<Duration> wish) {
    Duration bounded =
        wish.map(asked -> asked.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : asked)
            .orElse(Duration.ZERO);
    return bounded.compareTo(own) > 0 ? bounded : own;
  }
}
