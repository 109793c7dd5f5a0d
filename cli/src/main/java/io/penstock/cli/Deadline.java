package io.penstock.cli;

import java.time.Duration;
import java.util.Optional;

/** How long a command may take, counted from when this was made. */
public final class Deadline {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final long begin = System.nanoTime();
  private final Optional<Duration> limit;

  private Deadline(Optional<Duration> limit) {
    this.limit = limit;
  }

  /**
   * @param limit empty: as long as it takes
   */
  public static Deadline in(Optional<Duration> limit) {
    return new Deadline(limit);
  }

  public boolean isOver() {
    return limit.isPresent() && remaining().isZero();
  }

  /** What is left, but not more than the given; never negative. */
  public Duration atMost(Duration longest) {
    Duration left = limit.isPresent() ? remaining() : longest;
    return left.compareTo(longest) < 0 ? left : longest;
  }

  private Duration remaining() {
    Duration left = limit.get().minusNanos(System.nanoTime() - begin);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** For messages: {@code 30 s}, {@code 300 ms}. */
  @Override
  public String toString() {
    return limit
        .map(
            duration ->
                duration.compareTo(SECOND) < 0
                    ? duration.toMillis() + " ms"
                    : duration.toSeconds() + " s")
        .orElse("any time");
  }

  /** Sleeps, no longer than there is time. */
  public void pause(Duration duration) {
    try {
      Thread.sleep(atMost(duration).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.SOFTWARE, "interrupted");
    }
  }
}
