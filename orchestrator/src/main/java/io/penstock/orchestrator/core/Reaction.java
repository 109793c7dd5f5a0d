package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** State and fact to messages. Total, and the same for the same arguments. */
public final class Reaction {
  private final Definitions definitions;

  public Reaction(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * Who must hear of a fact.
   *
   * @param state after the fact
   * @param partition of the input, where outcomes are to go
   * @param now broker time of the input
   */
  public List<Message> react(ExecutionState state, Fact fact, int partition, Instant now) {
    return switch (fact) {
      case Fact.AttemptRequested f -> {
        Try current = new Try(f.generation(), f.attempt(), f.delivery(), f.attempt(), f.ticket());
        StepRequested request = request(state, f.path(), current, partition, now);
        yield isTooLarge(request)
            ? List.of() // given up in the same decision
            : List.of(new Message.Command(request));
      }
      case Fact.ExecutionSuspended f ->
          f.path()
              .flatMap(path -> dead(state, path))
              .<List<Message>>map(
                  dead ->
                      List.of(
                          new Message.DeadCommand(
                              bounded(request(state, f.path().get(), dead.last(), partition, now)),
                              dead.error())))
              .orElse(List.of());
      case Fact.WakeUpSet f -> List.of(new Message.WakeUpMoved(f.previous(), f.at()));
      case Fact.ExecutionStarted ignored -> List.of();
      case Fact.AttemptHeld ignored -> List.of();
      case Fact.AttemptFailed ignored -> List.of();
      case Fact.AttemptDeferred ignored -> List.of();
      case Fact.RetryScheduled ignored -> List.of();
      case Fact.ErrorCaught ignored -> List.of();
      case Fact.BranchTaken ignored -> List.of();
      case Fact.StepCompleted ignored -> List.of();
      case Fact.StepFailed ignored -> List.of(); // onFailure: fail ends it without a letter
      case Fact.StepReopened ignored -> List.of();
      case Fact.ExecutionPaused ignored -> List.of();
      case Fact.ExecutionResumed ignored -> List.of();
      case Fact.ExecutionCompleted ignored -> List.of();
      case Fact.ExecutionFailed ignored -> List.of();
      case Fact.ExecutionCancelled ignored -> List.of();
      case Fact.ExecutionForgotten ignored -> List.of();
      case Fact.InputIgnored ignored -> List.of();
    };
  }

  private static boolean isTooLarge(StepRequested request) {
    return request.context().sizeBytes() > Limits.CONTEXT_BYTES;
  }

  /** A letter about a context that is too large cannot carry it either. */
  private static StepRequested bounded(StepRequested request) {
    return isTooLarge(request)
        ? new StepRequested(
            request.id(),
            request.kind(),
            request.workflow(),
            request.version(),
            request.replyPartition(),
            request.timeout(),
            Json.EMPTY_OBJECT,
            request.requestedAt(),
            request.ticket())
        : request;
  }

  private StepRequested request(
      ExecutionState state, StepPath path, Try current, int partition, Instant now) {
    ExecutionControl control = state.control().orElseThrow();
    Workflow workflow = definitions.workflow(control.workflow(), control.version());
    Step step = workflow.step(path).orElseThrow();
    return new StepRequested(
        current.command(state.id(), path),
        step.action().kind(),
        workflow.name(),
        workflow.version(),
        partition,
        step.timeout(),
        new Context(state, workflow).of(path, step.action()),
        now,
        current.ticket());
  }

  private static Optional<StepState.Dead> dead(ExecutionState state, StepPath path) {
    return Steps.current(state, path)
        .filter(StepState.Dead.class::isInstance)
        .map(StepState.Dead.class::cast);
  }
}
