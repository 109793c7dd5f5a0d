package io.penstock.console.projection;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, up to a bound. */
public final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private final Duration longest;

  private Duration next = FIRST;

  /** Up to five seconds. */
  public Backoff() {
    this(Duration.ofSeconds(5));
  }

  public Backoff(Duration longest) {
    this.longest = longest;
  }

  public Duration next() {
    Duration now = next;
    Duration doubled = now.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return now;
  }

  public void reset() {
    next = FIRST;
  }
}
