package io.penstock.console.execution;

import io.penstock.console.execution.ExecutionDetail.WaitsFor;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts one execution together from its rows. */
final class DetailBuilder {
  private static final String CANCELLED = "CANCELLED";

  private final ExecutionSummary summary;
  private final Optional<Json> input;
  private final Optional<Json> output;
  private final List<StepRow> steps = new ArrayList<>();
  private final Map<String, List<StepDetail.Attempt>> attempts = new HashMap<>();

  DetailBuilder(ExecutionSummary summary, Optional<Json> input, Optional<Json> output) {
    this.summary = summary;
    this.input = input;
    this.output = output;
  }

  void add(StepRow step) {
    steps.add(step);
  }

  void add(String path, StepDetail.Attempt attempt) {
    attempts.computeIfAbsent(path, any -> new ArrayList<>()).add(attempt);
  }

  ExecutionDetail build() {
    StepOutputs outputs = new StepOutputs(steps);
    Map<String, Json> byId = new LinkedHashMap<>();
    steps.forEach(step -> outputs.of(step).ifPresent(json -> byId.put(step.id(), json)));
    StepInputs inputs = new StepInputs(input, byId);
    return new ExecutionDetail(
        summary,
        waitsFor(),
        input,
        output,
        steps.stream()
            .map(step -> detail(step, inputs.of(step.reads()), outputs.of(step)))
            .toList(),
        Optional.empty());
  }

  private StepDetail detail(StepRow step, Optional<Json> stepInputs, Optional<Json> stepOutput) {
    boolean leftOpen = summary.status().isEnd() && isOpen(step);
    return new StepDetail(
        step.path(),
        step.kind(),
        leftOpen ? CANCELLED : step.status(),
        leftOpen ? Optional.empty() : step.waitingFor(),
        leftOpen ? Optional.empty() : step.waitingUntil(),
        step.generation(),
        attempts.getOrDefault(step.path(), List.of()),
        stepInputs,
        stepOutput,
        step.branch(),
        step.error(),
        step.caughtBy(),
        step.startedAt(),
        step.endedAt(),
        ExecutionSummary.millisBetween(Optional.of(step.startedAt()), step.endedAt()),
        step.consumption());
  }

  private List<WaitsFor> waitsFor() {
    return switch (summary.status()) {
      case RUNNING, COMPLETED, CANCELLED, FAILED -> List.of();
      case WAITING -> waitingSteps();
      case PAUSED -> List.of(new WaitsFor("resume", Optional.empty(), Optional.empty()));
      case SUSPENDED ->
          List.of(
              new WaitsFor(
                  "replay",
                  summary.error().flatMap(ExecutionSummary.Failure::path),
                  Optional.empty()));
    };
  }

  private List<WaitsFor> waitingSteps() {
    List<WaitsFor> waiting =
        steps.stream()
            .filter(step -> step.waitingFor().isPresent())
            .map(
                step ->
                    new WaitsFor(
                        step.waitingFor().get(), Optional.of(step.path()), step.waitingUntil()))
            .toList();
    return waiting.isEmpty()
        ? List.of(new WaitsFor("timer", Optional.empty(), summary.waitingUntil()))
        : waiting;
  }

  private static boolean isOpen(StepRow step) {
    return ExecutionStatus.RUNNING.name().equals(step.status())
        || ExecutionStatus.WAITING.name().equals(step.status());
  }
}
