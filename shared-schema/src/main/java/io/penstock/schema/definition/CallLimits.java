package io.penstock.schema.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How much of the other side its callers may take, and when they leave it alone. A call that is
 * over a limit is not made: the attempt is deferred, which costs none.
 *
 * @param rates all of them hold at once; empty: no limit
 * @param maxConcurrent calls on their way at the same time; empty: no limit
 * @param circuitBreaker empty: switched off
 */
public record CallLimits(
    List<Rate> rates, Optional<Integer> maxConcurrent, Optional<CircuitBreaker> circuitBreaker) {
  /** No limits but the circuit breaker: what a definition has that says nothing. */
  public static final CallLimits DEFAULT =
      new CallLimits(List.of(), Optional.empty(), Optional.of(CircuitBreaker.DEFAULT));

  public CallLimits {
    rates = List.copyOf(rates);
  }

  /**
   * At most so many calls begin in any stretch of time of this length.
   *
   * @param calls at least 1
   */
  public record Rate(int calls, Duration period) {}

  /**
   * When the circuit opens, and for how long.
   *
   * @param requestVolumeThreshold so many calls are looked at, always the last ones
   * @param failureRatio of them that failed because the other side is sick, above 0 and at most 1
   * @param delay before one call is tried again
   */
  public record CircuitBreaker(int requestVolumeThreshold, double failureRatio, Duration delay) {
    public static final CircuitBreaker DEFAULT = new CircuitBreaker(20, 0.5, Duration.ofSeconds(5));
  }
}
