package io.penstock.schema.definition;

import java.time.Duration;
import java.util.List;

/** When a failed attempt is made again. Retriable errors only; terminal ones are not repeated. */
public sealed interface Retry {
  /** What a step without {@code retry} gets. */
  Retry DEFAULT =
      new Delays(List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15)), 0);

  Retry NONE = new Delays(List.of(), 0);

  /**
   * A fixed list: as many retries as it has entries.
   *
   * @param jitter share of a delay by which it may grow, 0 to 1
   */
  record Delays(List<Duration> delays, double jitter) implements Retry {
    public Delays {
      delays = List.copyOf(delays);
    }
  }

  /**
   * A rule.
   *
   * @param delay before the first retry
   * @param factor by which an exponential delay grows; 1 or more
   * @param max no delay is longer, jitter included
   * @param limit number of retries
   * @param jitter share of a delay by which it may grow, 0 to 1
   */
  record Backoff(Kind kind, Duration delay, double factor, Duration max, int limit, double jitter)
      implements Retry {
    /** How the delay grows from one retry to the next. */
    public enum Kind {
      CONSTANT,
      LINEAR,
      EXPONENTIAL
    }
  }
}
