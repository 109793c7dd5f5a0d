package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What may happen to an execution next: outcomes of the commands that went out (late ones, repeated
 * ones), timers (due, not due, repeated), operators, bugs, the event once more.
 */
final class RandomSchedule {
  /** The same steps under another version. */
  static final String OTHER_VERSION = "2.0.0";

  private final RandomGenerator random;
  private final PlayedExecution execution;
  private final List<StepRequested> commands = new ArrayList<>();
  private final List<CoreInput> earlier = new ArrayList<>();

  RandomSchedule(RandomGenerator random, PlayedExecution execution) {
    this.random = random;
    this.execution = execution;
  }

  void sent(StepRequested command) {
    commands.add(command);
  }

  /** Not earlier than what was before. */
  Instant time() {
    Instant soon = execution.now().plusMillis(random.nextInt(3_000));
    boolean atItsTimer = random.nextInt(3) == 0;
    return execution.wakeUp().filter(due -> atItsTimer && due.isAfter(soon)).orElse(soon);
  }

  CoreInput next(Instant at) {
    CoreInput input = choose(at);
    earlier.add(input);
    return input;
  }

  private CoreInput choose(Instant at) {
    int dice = random.nextInt(100);
    if (dice < 8 && !earlier.isEmpty()) {
      return asRepeated(earlier.get(random.nextInt(earlier.size())));
    }
    if (dice < 30) {
      return timer(at);
    }
    if (dice < 50) {
      return control();
    }
    if (dice < 53) {
      return new CoreInput.DecisionFailed("planted", commands.isEmpty() ? timer(at) : outcome());
    }
    return commands.isEmpty() ? timer(at) : outcome();
  }

  /** The deduplication store knows an event that came once. */
  private static CoreInput asRepeated(CoreInput input) {
    return input instanceof CoreInput.StartRequested start
        ? new CoreInput.StartRequested(start.event(), start.start(), true)
        : input;
  }

  CoreInput timer(Instant at) {
    return new CoreInput.TimerFired(new TimerDue(execution.id(), execution.wakeUp().orElse(at)));
  }

  CoreInput start(Instant at) {
    CoreInput start = Happening.startedWith(Map.of("n", 1)).in(execution, at);
    earlier.add(start);
    return start;
  }

  private CoreInput control() {
    Control.Verb[] rarelyCancel = {
      Control.Verb.PAUSE,
      Control.Verb.RESUME,
      Control.Verb.REPLAY,
      Control.Verb.RETRY_COMPENSATION,
      random.nextInt(3) == 0 ? Control.Verb.SKIP_COMPENSATION : Control.Verb.RESUME,
      random.nextInt(6) == 0 ? Control.Verb.MARK_COMPENSATED : Control.Verb.RESUME,
      random.nextInt(6) == 0 ? Control.Verb.COMPENSATE : Control.Verb.RESUME,
      random.nextInt(6) == 0 ? Control.Verb.CANCEL : Control.Verb.RESUME
    };
    Control.Verb verb = rarelyCancel[random.nextInt(rarelyCancel.length)];
    return verb == Control.Verb.REPLAY ? replay() : operator(verb);
  }

  private CoreInput replay() {
    Object edit = Map.of("op", "add", "path", "/edited", "value", random.nextInt(1_000));
    return new CoreInput.ControlReceived(
        new Control(
            "c",
            execution.id(),
            Control.Verb.REPLAY,
            "grace",
            "",
            Optional.empty(),
            random.nextInt(4) == 0 ? Optional.of(Json.of(List.of(edit))) : Optional.empty(),
            random.nextInt(4) == 0 ? Optional.of(OTHER_VERSION) : Optional.empty()),
        false);
  }

  CoreInput operator(Control.Verb verb) {
    return new CoreInput.ControlReceived(
        new Control("c", execution.id(), verb, "grace", "", Optional.empty()), false);
  }

  /** Mostly of the last command, sometimes of an older or a made-up one. */
  private CoreInput outcome() {
    StepRequested command =
        random.nextInt(3) > 0 ? commands.getLast() : commands.get(random.nextInt(commands.size()));
    CommandId id = command.id();
    if (random.nextInt(25) == 0) {
      id =
          new CommandId(
              id.execution(),
              id.path(),
              1 + random.nextInt(2),
              id.attempt() + random.nextInt(3),
              id.delivery());
    }
    return outcome(id, result(command));
  }

  CoreInput success(StepRequested command) {
    return outcome(command.id(), new StepOutcome.Succeeded(output(command)));
  }

  private static CoreInput outcome(CommandId id, StepOutcome.Result result) {
    return new CoreInput.OutcomeReceived(
        new StepOutcome(
            id,
            result,
            Optional.empty(),
            Happening.WORK_STARTED,
            Happening.WORK_ENDED,
            "worker-1"));
  }

  private StepOutcome.Result result(StepRequested command) {
    return switch (random.nextInt(10)) {
      case 0 ->
          new StepOutcome.Deferred(
              Duration.ofSeconds(random.nextInt(60)), "limit", Optional.of("t" + commands.size()));
      case 1, 2, 3 ->
          new StepOutcome.Failed(
              StepError.of(ErrorType.COMMUNICATION, "503"),
              random.nextBoolean() ? Optional.of(Duration.ofSeconds(7)) : Optional.empty());
      case 4 -> new StepOutcome.Failed(StepError.of(ErrorType.RUNTIME, "400"), Optional.empty());
      default -> new StepOutcome.Succeeded(output(command));
    };
  }

  private Json output(StepRequested command) {
    boolean route =
        execution.workflow().step(command.id().path()).orElseThrow().action()
            instanceof Action.Route;
    return route
        ? Json.of(Map.of("branch", random.nextInt(4) - 1))
        : Json.of(Map.of("of", command.id().toString()));
  }
}
