package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/**
 * The way through the tree of steps: into a scope, from one step to the next, out of it. What kinds
 * of steps do with the scopes inside them is in {@link Routes}, {@link Forks}, {@link Rounds} and
 * {@link Waits}; what becomes of single tries in {@link Attempts}, of failures in {@link Failures}.
 */
final class Progress {
  private static final int NO_ATTEMPT = 0;

  private final Decision decision;
  private final Workflow workflow;
  private final Evaluation evaluation;
  private final Routes routes;
  private final Forks forks;
  private final Rounds rounds;
  private final Waits waits;
  private final Failures failures;
  private final Compensations compensations;
  private final WorkflowHandlers handlers;
  private final Attempts attempts;

  Progress(Decision decision, Workflow workflow) {
    this.decision = decision;
    this.workflow = workflow;
    this.evaluation = new Evaluation(decision, workflow);
    this.routes = new Routes(decision, this);
    this.forks = new Forks(decision, this);
    this.rounds = new Rounds(decision, this);
    this.waits = new Waits(decision, this);
    this.handlers = new WorkflowHandlers(decision, workflow, this);
    this.failures = new Failures(decision, workflow, this);
    this.compensations = new Compensations(decision, workflow, this);
    this.attempts = new Attempts(decision, workflow, this);
  }

  Attempts attempts() {
    return attempts;
  }

  Failures failures() {
    return failures;
  }

  Compensations compensations() {
    return compensations;
  }

  WorkflowHandlers handlers() {
    return handlers;
  }

  Waits waits() {
    return waits;
  }

  Routes routes() {
    return routes;
  }

  Forks forks() {
    return forks;
  }

  Rounds rounds() {
    return rounds;
  }

  Evaluation evaluation() {
    return evaluation;
  }

  /** Begins with the first step of a scope. */
  void enter(ScopePath scope) {
    begin(scope.step(workflow.stepsIn(scope).getFirst().id()), Try.FIRST);
  }

  /**
   * Begins a step, or a further try of it.
   *
   * @param next of a step that no worker does: counts how often it was begun
   */
  void begin(StepPath path, Try next) {
    if (decision.isOver() || isBehindUs(path)) {
      return; // of several steps that were to begin, one has ended the execution
    }
    if (decision.isFull()) {
      putOff(path);
      return;
    }
    switch (step(path).action()) {
      case Action.Work work -> attempts.request(path, work, next);
      case Action.Parallel parallel -> forks.begin(path, parallel);
      case Action.Foreach foreach -> rounds.begin(path, foreach, next);
      case Action.Wait wait -> waits.begin(path, wait, next);
    }
  }

  /** On the way back no step begins that is not awaited; an awaited one may be handed out again. */
  private boolean isBehindUs(StepPath path) {
    return decision.control().isCompensating()
        && !Compensations.isOne(path)
        && OpenStep.at(decision.state(), path).isEmpty();
  }

  /**
   * Leaves a step to the next transition, which its timer brings about. One whose timer has run out
   * keeps it, and with it its place before those that were put off later.
   */
  void putOff(StepPath path) {
    boolean isDue =
        OpenStep.at(decision.state(), path)
            .filter(step -> !step.due().isAfter(decision.now()))
            .isPresent();
    if (!isDue) {
      decision.add(new Fact.StepPutOff(path, decision.now()));
    }
  }

  /** A step has its output. */
  void complete(Fact.StepCompleted completed) {
    decision.add(completed);
    StepPath path = completed.path();
    if (Compensations.isOne(path)) {
      compensations.completed(path);
      return;
    }
    compensations.register(completed);
    if (decision.control().isCompensating()) {
      compensations.goOn(); // it was waited for, in order to be undone
      return;
    }
    if (WorkflowHandlers.isWhole(path)) {
      return; // nothing is behind it; see Ending
    }
    ScopePath scope = path.scope();
    List<Step> steps = workflow.stepsIn(scope);
    int next = indexOf(path, steps) + 1;
    if (next < steps.size()) {
      begin(scope.step(steps.get(next).id()), Try.FIRST);
    } else if (scope.owner().isPresent()) {
      closed(scope.owner().get(), scope, path);
    }
    // else it was the last of all; see Ending
  }

  /** A step has an output that no attempt of its own made. */
  void complete(StepPath path, Json output, Optional<StepPath> outputOf) {
    complete(path, output, outputOf, Optional.empty());
  }

  /** A step has the outputs of others together for its own. */
  void complete(StepPath path, Gathered gathered) {
    complete(path, Json.NULL, Optional.empty(), Optional.of(gathered));
  }

  private void complete(
      StepPath path, Json output, Optional<StepPath> outputOf, Optional<Gathered> gathered) {
    complete(
        new Fact.StepCompleted(
            path,
            NO_ATTEMPT,
            output,
            outputOf,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            gathered));
  }

  /** The last step inside another one is done. */
  private void closed(StepPath owner, ScopePath scope, StepPath last) {
    if (Workflow.isCatchSlot(scope.slot())) {
      failures.handled(owner, scope, last);
      return;
    }
    if (WorkflowHandlers.isWhole(owner)) {
      handlers.finallyClosed();
      return;
    }
    switch (step(owner).action()) {
      case Action.Route route -> routes.closed(owner, route, scope, last);
      case Action.Parallel parallel -> forks.closed(owner, parallel, scope);
      case Action.Foreach foreach -> rounds.closed(owner, foreach, scope);
      case Action.Enrich ignored -> throw nothingInside(owner);
      case Action.Llm ignored -> throw nothingInside(owner);
      case Action.NotifyApi ignored -> throw nothingInside(owner);
      case Action.NotifyChannel ignored -> throw nothingInside(owner);
      case Action.Wait ignored -> throw nothingInside(owner);
    }
  }

  private IllegalStateException nothingInside(StepPath path) {
    return new IllegalStateException("no steps in " + path + " of " + workflow.key());
  }

  Step step(StepPath path) {
    return workflow
        .step(path)
        .orElseThrow(() -> new IllegalStateException("no step " + path + " in " + workflow.key()));
  }

  private static int indexOf(StepPath path, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).id().equals(path.stepId())) {
        return i;
      }
    }
    throw new IllegalStateException("no step " + path + " in its scope");
  }
}
