package io.penstock.worker.runtime;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Counts its calls and does as it is told. */
final class FakeHandler implements StepHandler {
  private final StepKind kind;
  private final Function<Attempt, AttemptResult> behaviour;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  FakeHandler(StepKind kind, Function<Attempt, AttemptResult> behaviour) {
    this.kind = kind;
    this.behaviour = behaviour;
  }

  static FakeHandler succeeding(StepKind kind) {
    return new FakeHandler(kind, attempt -> AttemptResult.succeeded(Json.EMPTY_OBJECT));
  }

  /** The executions for which it was called, in order, repetitions included. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public StepKind kind() {
    return kind;
  }

  @Override
  public AttemptResult attempt(Attempt attempt) {
    String execution = attempt.id().execution().value();
    calls.add(execution.substring(execution.indexOf('~') + 1));
    return behaviour.apply(attempt);
  }
}
