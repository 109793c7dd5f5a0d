package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Retry.Schedule;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.StepError;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a failed attempt leads to. */
sealed interface NextRetry {

  /**
   * Another attempt.
   *
   * @param at in whole milliseconds: the timer store has no finer time, and what comes back from it
   *     must be recognised as what was put there
   */
  record Due(Instant at) implements NextRetry {}

  /**
   * None.
   *
   * @param error what the step fails of
   */
  record None(StepError error) implements NextRetry {}

  /**
   * Another attempt, if the error is one to try again, a retry is left, and it would begin in time.
   * One that would begin too late is not waited for. What counts is when it is due: an attempt that
   * an operator or a deferral holds up after that is made all the same.
   *
   * @param command that failed
   * @param failed its try
   * @param now broker time (UTC)
   * @param retryAfter what the other side asked for
   */
  static NextRetry of(
      Retry retry,
      CommandId command,
      Try failed,
      StepError error,
      Instant now,
      Optional<Duration> retryAfter) {
    Optional<Schedule> schedule = retry.scheduleFor(error);
    Optional<Instant> due =
        schedule
            .flatMap(
                rule -> RetrySchedule.next(rule, failed.retriesUsed(), now, retryAfter, command))
            .map(NextRetry::inWholeMillis);
    if (due.isEmpty()) {
      return new None(error);
    }
    Optional<Duration> limit = schedule.flatMap(Schedule::duration);
    boolean inTime =
        limit.isEmpty()
            || failed
                .since()
                .map(since -> !due.get().isAfter(since.plus(limit.get())))
                .orElse(true);
    return inTime ? new Due(due.get()) : new None(tooLate(error, limit.get()));
  }

  /** Says the same for each execution, so that errors can be grouped by what they say. */
  private static StepError tooLate(StepError error, Duration limit) {
    String why =
        " (not tried again: that would begin more than %s, the limit.duration of its retry, after the first attempt)"
            .formatted(limit);
    int room = StepError.MAX_MESSAGE_LENGTH - why.length();
    String message =
        error.message().length() > room
            ? error.message().substring(0, room - 1) + "…"
            : error.message();
    return new StepError(error.type(), message + why, error.retriable());
  }

  /** Rounds up. */
  static Instant inWholeMillis(Instant due) {
    Instant whole = due.truncatedTo(ChronoUnit.MILLIS);
    return whole.equals(due) ? due : whole.plusMillis(1);
  }
}
