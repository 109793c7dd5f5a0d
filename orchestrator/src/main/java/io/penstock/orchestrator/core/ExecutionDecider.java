package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.TimerDue;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * State and input to facts. What does not fit the state becomes an {@link Fact.InputIgnored} with
 * its reason; it never throws for an input, however late, repeated or made up.
 */
public final class ExecutionDecider implements Decider {
  private static final String DEAD_LETTER = "a dead-lettered input";

  private final Definitions definitions;

  public ExecutionDecider(Definitions definitions) {
    this.definitions = definitions;
  }

  @Override
  public List<Fact> decide(ExecutionState state, CoreInput input, Instant now) {
    Decision decision = new Decision(state, now);
    Optional<Instant> fired =
        input instanceof CoreInput.TimerFired timer
            ? Optional.of(timer.timer().due())
            : Optional.empty();
    boolean overdue = Deadline.enforce(decision, input, () -> progress(decision));
    switch (input) {
      case CoreInput.TimerFired ignored when overdue -> {} // this is what it fired for
      case CoreInput.StartRequested start -> start(decision, start);
      case CoreInput.OutcomeReceived outcome -> outcome(decision, outcome.outcome());
      case CoreInput.TimerFired timer -> timer(decision, timer.timer());
      case CoreInput.ControlReceived received -> {
        if (received.seenBefore()) {
          ignore(decision, IgnoredReason.DUPLICATE_CONTROL, Controls.describe(received.control()));
        } else {
          control(decision, received.control());
        }
      }
      case CoreInput.DecisionFailed failed -> broken(decision, failed);
    }
    if (Ending.isReached(decision)) {
      Ending.complete(decision, workflow(decision), progress(decision));
    }
    if (Compensations.areOver(decision)) {
      Ending.forGood(decision, new Fact.ExecutionCompensated());
    }
    WakeUp.settle(decision, fired);
    return decision.facts();
  }

  private void start(Decision decision, CoreInput.StartRequested start) {
    String what = "event " + start.event().eventHash();
    if (start.seenBefore() || decision.state().control().isPresent()) {
      ignore(decision, IgnoredReason.DUPLICATE_EVENT, what);
      return;
    }
    if (start.event().acceptedAt().isBefore(decision.now().minus(Limits.DEDUPLICATION))) {
      ignore(decision, IgnoredReason.TOO_OLD, what);
      return;
    }
    Workflow workflow = definitions.workflow(start.start().workflow(), start.start().version());
    decision.add(started(start, Deadline.of(workflow, decision.now())));
    new Progress(decision, workflow).enter(ScopePath.ROOT);
  }

  private static Fact.ExecutionStarted started(
      CoreInput.StartRequested start, Optional<Instant> deadline) {
    return new Fact.ExecutionStarted(
        start.start().workflow(),
        start.start().version(),
        start.event().source(),
        start.event().id(),
        start.event().type(),
        start.event().data(),
        deadline);
  }

  private void outcome(Decision decision, StepOutcome outcome) {
    String what = "outcome of " + outcome.command();
    Optional<ExecutionControl> control = decision.state().control();
    if (control.isEmpty()) {
      ignore(decision, IgnoredReason.UNKNOWN_EXECUTION, what);
      return;
    }
    if (control.get().isEnded()) {
      ignore(decision, IgnoredReason.ALREADY_DECIDED, what);
      return;
    }
    Workflow workflow = workflow(decision);
    Optional<IgnoredReason> refusal = OutcomeFit.refusal(decision.state(), workflow, outcome);
    if (refusal.isPresent()) {
      ignore(decision, refusal.get(), what);
      return;
    }
    Attempts attempts = new Progress(decision, workflow).attempts();
    switch (outcome.result()) {
      case StepOutcome.Succeeded succeeded -> attempts.succeeded(outcome, succeeded.output());
      case StepOutcome.Failed failed ->
          attempts.failed(outcome, failed.error(), failed.retryAfter());
      case StepOutcome.Deferred deferred -> attempts.deferred(outcome.command(), deferred);
    }
  }

  private void timer(Decision decision, TimerDue timer) {
    String what = "timer of " + timer.due();
    Optional<ExecutionControl> control = decision.state().control();
    if (control.isEmpty()) {
      ignore(decision, IgnoredReason.UNKNOWN_EXECUTION, what);
      return;
    }
    if (control.get().isEnded()) {
      boolean keptLongEnough =
          control.get().wakeUp().filter(until -> !until.isAfter(decision.now())).isPresent();
      if (keptLongEnough) {
        Ending.forget(decision);
      } else {
        ignore(decision, IgnoredReason.NOT_DUE, what);
      }
      return;
    }
    List<OpenStep> due = control.get().isBroken() ? List.of() : due(decision);
    if (due.isEmpty()) {
      ignore(decision, IgnoredReason.NOT_DUE, what);
      return;
    }
    Progress progress = progress(decision);
    due.forEach(step -> progress.attempts().timerRanOut(step.path()));
  }

  /** The steps whose timers have run out, earliest first; as many as may go out now. */
  private static List<OpenStep> due(Decision decision) {
    return decision.state().openSteps().stream()
        .filter(step -> !step.due().isAfter(decision.now()))
        .sorted(Comparator.comparing(OpenStep::due))
        .limit(Limits.COMMANDS)
        .toList();
  }

  private void control(Decision decision, Control control) {
    if (decision.state().control().isEmpty()) {
      ignore(decision, IgnoredReason.UNKNOWN_EXECUTION, Controls.describe(control));
    } else {
      new Controls(decision, definitions, () -> progress(decision)).decide(control);
    }
  }

  private void broken(Decision decision, CoreInput.DecisionFailed failed) {
    if (decision.state().control().isEmpty()
        && failed.input() instanceof CoreInput.StartRequested start
        && !start.seenBefore()) {
      decision.add(started(start, Optional.empty()));
    }
    switch (decision.state().control().map(ExecutionControl::phase).orElse(null)) {
      case null -> ignore(decision, IgnoredReason.UNKNOWN_EXECUTION, DEAD_LETTER);
      case Phase.Active ignored -> suspend(decision, failed);
      case Phase.Paused ignored -> suspend(decision, failed);
      case Phase.Broken ignored -> {
        if (!holdsLost(decision, failed.input())) {
          ignore(decision, IgnoredReason.NOT_APPLICABLE, DEAD_LETTER);
        }
      }
      case Phase.Ended ignored -> ignore(decision, IgnoredReason.NOT_APPLICABLE, DEAD_LETTER);
    }
  }

  private static void suspend(Decision decision, CoreInput.DecisionFailed failed) {
    decision.add(
        new Fact.ExecutionSuspended(
            Optional.<StepPath>empty(), StepError.of(ErrorType.INTERNAL, failed.reason())));
    holdsLost(decision, failed.input());
  }

  /**
   * If the input was the outcome of the command that is out, nobody sends it again: the attempt is
   * made ready to go out once more. Asks for no definition, which may be what the bug is about.
   *
   * @return whether there was one
   */
  private static boolean holdsLost(Decision decision, CoreInput input) {
    if (!(input instanceof CoreInput.OutcomeReceived received)) {
      return false;
    }
    StepPath path = received.outcome().command().path();
    if (!(Steps.current(decision.state(), path).orElse(null)
            instanceof StepState.Requested requested)
        || !requested
            .current()
            .command(decision.state().id(), path)
            .equals(received.outcome().command())) {
      return false;
    }
    Try again = requested.current().nextDelivery(requested.current().ticket());
    decision.add(
        new Fact.AttemptHeld(
            path, again.generation(), again.attempt(), again.delivery(), again.ticket()));
    return true;
  }

  private Progress progress(Decision decision) {
    return new Progress(decision, workflow(decision));
  }

  private Workflow workflow(Decision decision) {
    ExecutionControl control = decision.control();
    return definitions.workflow(control.workflow(), control.version());
  }

  private static void ignore(Decision decision, IgnoredReason reason, String what) {
    decision.add(new Fact.InputIgnored(reason, what));
  }
}
