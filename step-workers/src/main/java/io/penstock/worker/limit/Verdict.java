package io.penstock.worker.limit;

import java.time.Duration;
import java.util.Optional;

/** What the end of a call says about who was called. */
public sealed interface Verdict {
  /** It works: it answered, be it with a refusal. */
  record Well() implements Verdict {}

  /** It cannot serve: no answer in time, no connection, an error of its own. */
  record Sick() implements Verdict {}

  /**
   * It has not served this call and asks all callers to wait.
   *
   * @param wish empty: it does not say how long
   */
  record Busy(Optional<Duration> wish) implements Verdict {}
}
