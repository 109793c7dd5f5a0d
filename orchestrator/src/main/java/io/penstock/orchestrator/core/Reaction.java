package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
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
        Optional<Json> patch = Steps.tryAt(state, f.path()).patch();
        yield work(state, f.path())
            .flatMap(
                work ->
                    work.context(patch)
                        .map(context -> work.request(current, context, partition, now)))
            .<List<Message>>map(request -> List.of(new Message.Command(request)))
            .orElse(List.of()); // too large: given up in the same decision
      }
      case Fact.ExecutionSuspended f ->
          f.path()
              .flatMap(path -> dead(state, path, partition, now))
              .<List<Message>>map(List::of)
              .orElse(List.of());
      case Fact.WakeUpSet f -> List.of(new Message.WakeUpMoved(f.previous(), f.at()));
      case Fact.ExecutionStarted ignored -> List.of();
      case Fact.StepPutOff ignored -> List.of();
      case Fact.AttemptHeld ignored -> List.of();
      case Fact.AttemptFailed ignored -> List.of();
      case Fact.AttemptDeferred ignored -> List.of();
      case Fact.RetryScheduled ignored -> List.of();
      case Fact.ErrorCaught ignored -> List.of();
      case Fact.WaitStarted ignored -> List.of();
      case Fact.FinallyStarted ignored -> List.of();
      case Fact.BranchTaken ignored -> List.of();
      case Fact.BranchesStarted ignored -> List.of();
      case Fact.ItemsFound ignored -> List.of();
      case Fact.ItemsStarted ignored -> List.of();
      case Fact.ScopeEnded ignored -> List.of();
      case Fact.ScopesCancelled ignored -> List.of(); // late outcomes are ignored
      case Fact.ScopesLeft ignored -> List.of();
      case Fact.StepCompleted ignored -> List.of();
      case Fact.StepFailed ignored -> List.of(); // onFailure: fail ends it without a letter
      case Fact.StepReopened ignored -> List.of();
      case Fact.ExecutionMoved ignored -> List.of();
      case Fact.ExecutionPaused ignored -> List.of();
      case Fact.ExecutionResumed ignored -> List.of();
      case Fact.ExecutionCompleted ignored -> List.of();
      case Fact.ExecutionFailed ignored -> List.of();
      case Fact.ExecutionCancelled ignored -> List.of();
      case Fact.CompensationRegistered ignored -> List.of();
      case Fact.CompensationStarted ignored -> List.of();
      case Fact.StepDropped ignored -> List.of();
      case Fact.StepCompensationStarted ignored -> List.of();
      case Fact.StepCompensated ignored -> List.of();
      case Fact.ExecutionCompensated ignored -> List.of();
      case Fact.ExecutionForgotten ignored -> List.of();
      case Fact.InputIgnored ignored -> List.of();
    };
  }

  /**
   * A letter about a context that is too large cannot carry it either. A step that is dead without
   * ever a command, a foreach that found no items, leaves no letter.
   */
  private Optional<Message> dead(ExecutionState state, StepPath path, int partition, Instant now) {
    return Steps.current(state, path)
        .filter(StepState.Dead.class::isInstance)
        .map(StepState.Dead.class::cast)
        .flatMap(
            dead ->
                work(state, path)
                    .map(
                        work -> {
                          Json context =
                              work.context(dead.last().patch()).orElse(Json.EMPTY_OBJECT);
                          return new Message.DeadCommand(
                              work.request(dead.last(), context, partition, now), dead.error());
                        }));
  }

  private Optional<Commanded> work(ExecutionState state, StepPath path) {
    ExecutionControl control = state.control().orElseThrow();
    Workflow workflow = definitions.workflow(control.workflow(), control.version());
    Step step = workflow.step(path).orElseThrow();
    return step.action() instanceof Action.Work work
        ? Optional.of(new Commanded(state, workflow, path, step, work))
        : Optional.empty();
  }

  /** A step of which a command can be made. */
  private record Commanded(
      ExecutionState state, Workflow workflow, StepPath path, Step step, Action.Work work) {

    Optional<Json> context(Optional<Json> patch) {
      return new Context(state, workflow).fitting(path, work, patch);
    }

    StepRequested request(Try current, Json context, int partition, Instant now) {
      return new StepRequested(
          current.command(state.id(), path),
          work.kind(),
          workflow.name(),
          workflow.version(),
          partition,
          step.timeout(),
          context,
          now,
          current.ticket());
    }
  }
}
