package io.penstock.schema.definition;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When a failed attempt is made again.
 *
 * @param rules for errors of certain types, whether those are retriable by themselves or not; no
 *     type stands in two of them
 * @param others for all other errors; of those only the retriable ones are tried again
 */
public record Retry(List<Rule> rules, Schedule others) {
  /** What a step without {@code retry} gets. */
  public static final Retry DEFAULT =
      of(
          new Delays(
              List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)), 0));

  public static final Retry NONE = of(new Delays(List.of(), 0));

  public Retry {
    rules = List.copyOf(rules);
  }

  /** One schedule for whatever is retriable. */
  public static Retry of(Schedule others) {
    return new Retry(List.of(), others);
  }

  /** The schedule by which an error is tried again; empty for one that is final. */
  public Optional<Schedule> scheduleFor(StepError error) {
    return rules.stream()
        .filter(rule -> rule.errors().contains(error.type()))
        .map(Rule::schedule)
        .findFirst()
        .or(() -> error.retriable() ? Optional.of(others) : Optional.empty());
  }

  /** Whether the time since the first attempt matters for any error. */
  public boolean limitsTime() {
    return Stream.concat(rules.stream().map(Rule::schedule), Stream.of(others))
        .anyMatch(schedule -> schedule.duration().isPresent());
  }

  /**
   * @param errors at least one
   */
  public record Rule(Set<ErrorType> errors, Schedule schedule) {
    public Rule {
      errors = Set.copyOf(errors);
    }
  }

  /** How many retries there are, and how long to wait before each. */
  public sealed interface Schedule {
    /**
     * No retry begins when more time than this has passed since the first attempt was requested;
     * empty: time is not limited.
     */
    Optional<Duration> duration();
  }

  /**
   * A fixed list: as many retries as it has entries.
   *
   * @param jitter share of a delay by which it may grow, 0 to 1
   */
  public record Delays(List<Duration> delays, double jitter, Optional<Duration> duration)
      implements Schedule {
    public Delays {
      delays = List.copyOf(delays);
    }

    /** Not limited in time. */
    public Delays(List<Duration> delays, double jitter) {
      this(delays, jitter, Optional.empty());
    }
  }

  /**
   * Delays that follow a formula.
   *
   * @param delay before the first retry
   * @param factor by which an exponential delay grows; 1 or more
   * @param max no delay is longer, jitter included
   * @param limit number of retries
   * @param jitter share of a delay by which it may grow, 0 to 1
   */
  public record Backoff(
      Kind kind,
      Duration delay,
      double factor,
      Duration max,
      int limit,
      double jitter,
      Optional<Duration> duration)
      implements Schedule {

    /** Not limited in time. */
    public Backoff(
        Kind kind, Duration delay, double factor, Duration max, int limit, double jitter) {
      this(kind, delay, factor, max, limit, jitter, Optional.empty());
    }

    /** How the delay grows from one retry to the next. */
    public enum Kind {
      CONSTANT,
      LINEAR,
      EXPONENTIAL
    }
  }
}
