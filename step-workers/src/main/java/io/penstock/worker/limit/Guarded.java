package io.penstock.worker.limit;

import java.time.Duration;
import java.util.Optional;

/** What came of asking a guard for a call. */
public sealed interface Guarded<T> {
  /** The call was made, and this came of it. */
  record Made<T>(T value) implements Guarded<T> {}

  /**
   * Come back later; the call was not made, or the other side did not serve it.
   *
   * @param delay this caller's own: no two get the same moment
   * @param ticket to be brought back, for a place that was taken for this caller
   */
  record Later<T>(Duration delay, Reason reason, Optional<String> ticket) implements Guarded<T> {
    static <T> Later<T> in(long nanos, Reason reason) {
      return new Later<>(Duration.ofNanos(nanos), reason, Optional.empty());
    }

    Later<T> with(Optional<String> other) {
      return new Later<>(delay, reason, other);
    }

    <U> Later<U> as() {
      return new Later<>(delay, reason, ticket);
    }
  }

  /** Why not now. */
  enum Reason {
    RATE_LIMIT("rate_limit", "its rate limit is reached"),
    CONCURRENCY("concurrency", "as many calls as it may have are on their way"),
    CIRCUIT_OPEN("circuit_open", "its circuit is open, it did not work"),
    SICK("sick", "it did not work; it is called once more before that counts as an attempt"),
    RETRY_AFTER("retry_after", "it asked its callers to wait"),
    STORE_AWAY("store_away", "its limits cannot be counted, PostgreSQL does not answer in time");

    private final String id;
    private final String text;

    Reason(String id, String text) {
      this.id = id;
      this.text = text;
    }

    /** For metrics. */
    public String id() {
      return id;
    }

    /** For people, behind the name of who is called. */
    public String text() {
      return text;
    }
  }
}
