package io.penstock.console.execution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything about an execution that fits into one answer.
 *
 * @param waitsFor empty when it moves by itself, or has ended; of many steps those that are due
 *     first
 * @param leftOut payloads that no longer fitted into the answer: {@code input}, {@code output}
 * @param steps in the order in which they began, those inside of a foreach's rounds left out
 * @param stepsNext where the next page of steps begins; absent when these are all
 * @param history its first records as they stand on the topic, in order; absent unless asked for
 * @param historyNext where the next page of history begins; absent when these are all
 */
record ExecutionDetail(
    @JsonUnwrapped ExecutionSummary summary,
    List<WaitsFor> waitsFor,
    Optional<Json> input,
    Optional<Json> output,
    Optional<List<String>> leftOut,
    List<StepDetail> steps,
    Optional<String> stepsNext,
    Optional<List<Json>> history,
    Optional<Long> historyNext) {

  /**
   * Something that the execution waits for.
   *
   * @param what {@code retry}, {@code deferral: <reason>}, {@code replay}, {@code resume}, …
   * @param since absent where an older console wrote it down
   */
  record WaitsFor(
      String what, Optional<String> step, Optional<Instant> since, Optional<Instant> until) {}

  ExecutionDetail with(HistoryPage page) {
    return new ExecutionDetail(
        summary,
        waitsFor,
        input,
        output,
        leftOut,
        steps,
        stepsNext,
        Optional.of(page.records()),
        page.more() ? page.next() : Optional.empty());
  }
}
