package io.penstock.console.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.console.execution.StepDetail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about a letter.
 *
 * @param statusAt since when it is in its state
 * @param source where the original stood; of a dead step: the outcome that was the last straw
 * @param key absent if it has none, or if it is no text; then in Base64. Likewise the value
 * @param truncated there are more bytes, of value or headers, than are shown
 * @param attempts of its step, as far as history has them
 * @param history where that of its execution is
 */
record LetterDetail(
    @JsonUnwrapped LetterSummary summary,
    Instant statusAt,
    Optional<Integer> generation,
    Optional<Source> source,
    List<Header> headers,
    Optional<String> key,
    Optional<String> keyBase64,
    Optional<String> value,
    Optional<String> valueBase64,
    Optional<Boolean> truncated,
    List<Discarded> discarded,
    List<StepDetail.Attempt> attempts,
    Optional<String> history) {

  record Source(int partition, long offset) {}

  /**
   * @param value absent also if it has none
   */
  record Header(String name, Optional<String> value, Optional<String> valueBase64) {}

  /** Who hid it, and why. */
  record Discarded(Instant at, String by, String reason) {}

  LetterDetail with(List<StepDetail.Attempt> found) {
    return new LetterDetail(
        summary,
        statusAt,
        generation,
        source,
        headers,
        key,
        keyBase64,
        value,
        valueBase64,
        truncated,
        discarded,
        found,
        history);
  }
}
