package io.penstock.simulator.language;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.core.Evolution;
import io.penstock.orchestrator.core.ExecutionControl;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.orchestrator.core.Message;
import io.penstock.orchestrator.core.Reaction;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One execution in the real core: what goes out is answered in any order, timers fire when they are
 * due, and an operator replays what is dead. One that is disturbed is paused and resumed, too, gets
 * answers twice, has attempts deferred, and is rarely cancelled.
 */
final class CoreRun {
  static final ExecutionId ID =
      ExecutionId.of("generated", EventKey.of("simulator", "1", Optional.empty()));

  private static final int PARTITION = 0;
  private static final int PATIENCE = 60_000;
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** Makes facts, rightly or not. */
  interface Decider {
    List<Fact> decide(ExecutionState state, CoreInput input, Instant now);
  }

  private final GeneratedWorkflow generated;
  private final RandomGenerator random;
  private final Decider decider;
  private final boolean disturbed;
  private final Reaction reaction;
  private final ScriptedWorker worker;
  private final PiecesInMemory pieces = new PiecesInMemory();
  private final List<StepRequested> out = new ArrayList<>();
  private final List<CoreInput> earlier = new ArrayList<>();
  private final List<HistoryRecord> history = new ArrayList<>();
  private Instant now = START;
  private boolean ended;

  private CoreRun(
      GeneratedWorkflow generated, RandomGenerator random, Decider decider, boolean disturbed) {
    this.disturbed = disturbed;
    this.generated = generated;
    this.random = random;
    this.decider = decider;
    this.reaction = new Reaction(definitions(generated.workflow()));
    this.worker = new ScriptedWorker(generated.script());
  }

  static Definitions definitions(Workflow workflow) {
    return (name, version) -> Optional.of(workflow);
  }

  static List<HistoryRecord> of(
      GeneratedWorkflow generated, Json input, RandomGenerator random, Decider decider) {
    return new CoreRun(generated, random, decider, false).play(input);
  }

  static List<HistoryRecord> disturbed(
      GeneratedWorkflow generated, Json input, RandomGenerator random, Decider decider) {
    return new CoreRun(generated, random, decider, true).play(input);
  }

  private List<HistoryRecord> play(Json input) {
    start(input);
    for (int i = 0; !ended && i < PATIENCE; i++) {
      goOn();
    }
    return history;
  }

  private void start(Json input) {
    Workflow workflow = generated.workflow();
    EventAccepted.Start start = new EventAccepted.Start(workflow.name(), workflow.version(), ID);
    EventAccepted event =
        new EventAccepted(
            SupportingDefinitions.SOURCE,
            "1",
            SupportingDefinitions.EVENT_TYPE,
            Optional.empty(),
            Optional.empty(),
            now,
            Optional.empty(),
            input,
            List.of(start));
    happens(new CoreInput.StartRequested(event, start, false));
  }

  private void goOn() {
    ExecutionControl control = pieces.control().orElseThrow();
    if (disturbed && random.nextInt(10) == 0) {
      disturb();
      return;
    }
    if (control.status() == ExecutionStatus.PAUSED && (out.isEmpty() || random.nextInt(6) == 0)) {
      happens(wish(Control.Verb.RESUME));
      return;
    }
    Optional<Instant> wakeUp = control.wakeUp();
    boolean operated = isDead(control.status()) && (out.isEmpty() || random.nextInt(4) == 0);
    if (operated) {
      happens(
          wish(
              control.status() == ExecutionStatus.SUSPENDED
                  ? Control.Verb.REPLAY
                  : Control.Verb.RETRY_COMPENSATION));
    } else if (!out.isEmpty() && (wakeUp.isEmpty() || random.nextInt(4) > 0)) {
      answer(out.remove(random.nextInt(out.size())));
    } else {
      Instant due = wakeUp.orElseThrow(() -> new AssertionError("it hangs as " + control.status()));
      if (due.isAfter(now.plusSeconds(600)) && !out.isEmpty()) {
        answer(out.remove(random.nextInt(out.size())));
        return;
      }
      now = due.isAfter(now) ? due : now;
      happens(new CoreInput.TimerFired(new TimerDue(ID, due)));
    }
  }

  private static boolean isDead(ExecutionStatus status) {
    return status == ExecutionStatus.SUSPENDED || status == ExecutionStatus.FAILED_TO_COMPENSATE;
  }

  private void disturb() {
    switch (random.nextInt(5)) {
      case 0 -> happens(wish(Control.Verb.PAUSE));
      case 1 -> happens(new CoreInput.TimerFired(new TimerDue(ID, now)));
      case 2 -> {
        if (!out.isEmpty()) {
          StepRequested command = out.remove(random.nextInt(out.size()));
          answered(
              command,
              new StepOutcome.Deferred(
                  Duration.ofSeconds(random.nextInt(9)), "limit", Optional.empty()));
        }
      }
      case 3 -> {
        if (random.nextInt(4) == 0) {
          happens(wish(Control.Verb.CANCEL));
        }
      }
      default -> {
        if (!earlier.isEmpty()) {
          happens(earlier.get(random.nextInt(earlier.size())));
        }
      }
    }
  }

  private static CoreInput wish(Control.Verb verb) {
    return new CoreInput.ControlReceived(
        new Control("c", ID, verb, "grace", "", Optional.empty()), false);
  }

  private void answer(StepRequested command) {
    now = now.plusMillis(random.nextInt(2_000));
    StepOutcome.Result result =
        switch (worker.answer(generated.workflow(), command)) {
          case Answer.Succeeds answer -> new StepOutcome.Succeeded(answer.output());
          case Answer.Fails answer -> new StepOutcome.Failed(answer.error(), answer.retryAfter());
          case Answer.Hangs ignored -> new StepOutcome.Failed(Answer.Hangs.ERROR, Optional.empty());
        };
    answered(command, result);
  }

  private void answered(StepRequested command, StepOutcome.Result result) {
    CoreInput outcome =
        new CoreInput.OutcomeReceived(
            new StepOutcome(command.id(), result, Optional.empty(), now, now, "worker"));
    earlier.add(outcome);
    happens(outcome);
  }

  private void happens(CoreInput input) {
    ExecutionState state = ExecutionState.of(ID, pieces);
    List<Fact> facts = decider.decide(state, input, now);
    for (Fact fact : facts) {
      state = Evolution.evolve(state, fact);
      for (Message message : reaction.react(state, fact, PARTITION, now)) {
        if (message instanceof Message.Command command) {
          out.add(command.request());
        }
      }
      ended |=
          fact instanceof Fact.ExecutionCompleted
              || fact instanceof Fact.ExecutionFailed
              || fact instanceof Fact.ExecutionCancelled
              || fact instanceof Fact.ExecutionCompensated;
    }
    pieces.apply(state.changes());
    history.add(
        new HistoryRecord(
            ID,
            generated.workflow().name(),
            Optional.of(generated.workflow().version()),
            history.size(),
            now,
            Optional.empty(),
            Optional.empty(),
            facts));
  }
}
