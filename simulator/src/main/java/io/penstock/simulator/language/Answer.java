package io.penstock.simulator.language;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import java.time.Duration;
import java.util.Optional;

/** What the outside says to one attempt of a step. */
public sealed interface Answer {

  /** It goes well. */
  record Succeeds(Json output) implements Answer {}

  /**
   * It does not.
   *
   * @param retryAfter the other side's wish
   */
  record Fails(StepError error, Optional<Duration> retryAfter) implements Answer {}

  /** Nothing comes until the attempt's timeout has passed; then it has failed of {@link #ERROR}. */
  record Hangs() implements Answer {
    public static final StepError ERROR = StepError.of(ErrorType.TIMEOUT, "no answer in time");
  }
}
