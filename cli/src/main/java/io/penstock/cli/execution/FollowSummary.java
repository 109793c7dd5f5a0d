package io.penstock.cli.execution;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts what went by while an execution was followed from its beginning. */
final class FollowSummary {
  private final String id;
  private String workflow = "";
  private String version = "";
  private String startedAt = "";
  private String lastAt = "";
  private Optional<Object> output = Optional.empty();
  private long steps;
  private long attempts;
  private long retries;
  private long deferrals;
  private long toleratedFailures;
  private long inputTokens;
  private long outputTokens;
  private Optional<Long> costMicroUsd = Optional.empty();

  FollowSummary(String id) {
    this.id = id;
  }

  void count(Json record) {
    workflow = Wording.text(record, "workflow");
    version = record.at("version") == null ? version : Wording.text(record, "version");
    startedAt = startedAt.isEmpty() ? Wording.text(record, "at") : startedAt;
    if (record.at("facts") instanceof List<?> facts) {
      facts.forEach(fact -> countFact(Json.of(fact), Wording.text(record, "at")));
    }
  }

  private void countFact(Json fact, String at) {
    String type = Wording.text(fact, "type");
    // What comes after the end, such as late outcomes, is no part of how long it took.
    lastAt =
        List.of("inputIgnored", "executionForgotten", "wakeUpSet").contains(type) ? lastAt : at;
    switch (type) {
      case "attemptRequested" -> attempts += Long.valueOf(1).equals(fact.at("delivery")) ? 1 : 0;
      case "retryScheduled" -> retries++;
      case "attemptDeferred" -> deferrals++;
      case "stepCompleted" -> steps++;
      case "scopeEnded" -> toleratedFailures += fact.at("error") == null ? 0 : 1;
      case "executionCompleted" -> output = Optional.ofNullable(fact.at("output"));
      default -> {}
    }
    consumed(Json.of(fact.at("usage")));
  }

  private void consumed(Json usage) {
    inputTokens += usage.at("inputTokens") instanceof Long tokens ? tokens : 0;
    outputTokens += usage.at("outputTokens") instanceof Long tokens ? tokens : 0;
    if (usage.at("costMicroUsd") instanceof Long micros) {
      costMicroUsd = Optional.of(costMicroUsd.orElse(0L) + micros);
    }
  }

  /** For programs: {@code {"summary":{"id":…,"status":…,…}}}. */
  Map<String, Object> json(String status) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("id", id);
    summary.put("workflow", workflow);
    summary.put("version", version);
    summary.put("status", status);
    summary.put("startedAt", startedAt);
    summary.put("endedAt", lastAt);
    Wording.between(startedAt, lastAt).ifPresent(millis -> summary.put("durationMs", millis));
    summary.put("steps", steps);
    summary.put("attempts", attempts);
    summary.put("retries", retries);
    summary.put("deferrals", deferrals);
    summary.put("toleratedFailures", toleratedFailures);
    summary.put("consumption", consumption());
    output.ifPresent(value -> summary.put("output", value));
    return Map.of("summary", summary);
  }

  private Map<String, Object> consumption() {
    Map<String, Object> consumption = new LinkedHashMap<>();
    consumption.put("inputTokens", inputTokens);
    consumption.put("outputTokens", outputTokens);
    costMicroUsd.ifPresent(micros -> consumption.put("costMicroUsd", micros));
    return consumption;
  }

  /** For people, behind the status. */
  List<String> lines() {
    List<String> parts = new ArrayList<>();
    parts.add(Wording.counted(steps, "step"));
    parts.add(Wording.counted(attempts, "attempt"));
    add(parts, retries, "retry", "retries");
    add(parts, deferrals, "deferral", "deferrals");
    add(parts, toleratedFailures, "tolerated failure", "tolerated failures");
    String consumed = Wording.consumption(Json.of(consumption()));
    if (!consumed.isEmpty()) {
      parts.add(consumed);
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        Wording.between(startedAt, lastAt)
                .map(millis -> "after " + Wording.duration(millis) + ": ")
                .orElse("")
            + String.join(", ", parts));
    output.ifPresent(value -> lines.add("output    " + Wording.payload(value)));
    return lines;
  }

  private static void add(List<String> parts, long count, String one, String many) {
    if (count > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many));
    }
  }
}
