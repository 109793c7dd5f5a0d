package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.TimerDue;
import io.penstock.schema.message.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One input, as a scenario tells it: {@code attempt(1).of("score").succeeds("ok").at("10:00:04")}.
 * Without {@code at} it arrives one second after the one before.
 */
record Happening(Kind kind, Optional<Instant> time) {
  static final String SOURCE = "crm";
  static final String EVENT_ID = "evt-1";
  static final Map<String, Object> INPUT = Map.of("email", "ada@example.com");

  /** Worker's clock; nothing is decided by it. */
  static final Instant WORK_STARTED = Times.at("08:00:00");

  static final Instant WORK_ENDED = Times.at("08:00:02");

  /** Makes the input for an execution, at the broker's time. */
  interface Kind {
    CoreInput in(PlayedExecution execution, Instant at);
  }

  private static Happening of(Kind kind) {
    return new Happening(kind, Optional.empty());
  }

  Happening at(String at) {
    return new Happening(kind, Optional.of(Times.at(at)));
  }

  CoreInput in(PlayedExecution execution, Instant at) {
    return kind.in(execution, at);
  }

  /** The event is accepted one second before it arrives. */
  static Happening started() {
    return startedWith(INPUT);
  }

  static Happening startedWith(Object data) {
    return of((execution, at) -> start(execution, at.minusSeconds(1), data, false));
  }

  static Happening startedByAnEventOf(Instant acceptedAt) {
    return of((execution, at) -> start(execution, acceptedAt, INPUT, false));
  }

  /** The shell found its key in the deduplication store. */
  static Happening startedBySomethingSeenBefore() {
    return of((execution, at) -> start(execution, at.minusSeconds(1), INPUT, true));
  }

  private static CoreInput.StartRequested start(
      PlayedExecution execution, Instant acceptedAt, Object data, boolean seenBefore) {
    EventAccepted.Start start =
        new EventAccepted.Start(
            execution.workflow().name(), execution.workflow().version(), execution.id());
    EventAccepted event =
        new EventAccepted(
            SOURCE,
            EVENT_ID,
            "contact.created",
            Optional.empty(),
            Optional.empty(),
            acceptedAt,
            Optional.empty(),
            Json.of(data),
            List.of(start));
    return new CoreInput.StartRequested(event, start, seenBefore);
  }

  static AnAttempt attempt(int attempt) {
    return new AnAttempt("", 1, attempt, 1, Optional.empty());
  }

  /** An attempt that somebody made. */
  record AnAttempt(String path, int generation, int attempt, int delivery, Optional<Usage> usage) {
    AnAttempt of(String stepPath) {
      return new AnAttempt(stepPath, generation, attempt, delivery, usage);
    }

    AnAttempt delivery(int number) {
      return new AnAttempt(path, generation, attempt, number, usage);
    }

    AnAttempt generation(int number) {
      return new AnAttempt(path, number, attempt, delivery, usage);
    }

    AnAttempt consuming(Usage tokens) {
      return new AnAttempt(path, generation, attempt, delivery, Optional.of(tokens));
    }

    Happening succeeds(Object output) {
      return ends(new StepOutcome.Succeeded(Json.of(output)));
    }

    Happening takesBranch(long index) {
      return succeeds(Map.of("branch", index));
    }

    Happening failsTransiently(String message) {
      return fails(ErrorType.COMMUNICATION, message);
    }

    /** With the retry rule of the type. */
    Happening fails(ErrorType type, String message) {
      return ends(new StepOutcome.Failed(StepError.of(type, message), Optional.empty()));
    }

    Happening failsAskingFor(Duration retryAfter) {
      StepError error = StepError.of(ErrorType.COMMUNICATION, "429");
      return ends(new StepOutcome.Failed(error, Optional.of(retryAfter)));
    }

    Happening isDeferredFor(Duration delay) {
      return ends(new StepOutcome.Deferred(delay, "rate limit", Optional.of("ticket-7")));
    }

    Happening ends(StepOutcome.Result result) {
      return Happening.of(
          (execution, at) ->
              new CoreInput.OutcomeReceived(
                  new StepOutcome(
                      new CommandId(
                          execution.id(), new StepPath(path), generation, attempt, delivery),
                      result,
                      usage,
                      WORK_STARTED,
                      WORK_ENDED,
                      "worker-1")));
    }
  }

  /** What the timer store has for the execution is found due. */
  static Happening timerFires() {
    return of(
        (execution, at) ->
            new CoreInput.TimerFired(
                new TimerDue(execution.id(), execution.wakeUp().orElse(Times.at("00:00:00")))));
  }

  /** A record that the timer store's entry of an earlier time led to. */
  static Happening timerFiresFor(String due) {
    return of(
        (execution, at) -> new CoreInput.TimerFired(new TimerDue(execution.id(), Times.at(due))));
  }

  static Happening operator(Control.Verb verb) {
    return operator(verb, Optional.empty());
  }

  static Happening replayOf(String path) {
    return operator(Control.Verb.REPLAY, Optional.of(new StepPath(path)));
  }

  static Happening operator(Control.Verb verb, String path) {
    return operator(verb, Optional.of(new StepPath(path)), Optional.empty(), Optional.empty());
  }

  /** With the request edited; the patch has ' for ". */
  static Happening replayEdited(String patch) {
    return operator(Control.Verb.REPLAY, Optional.empty(), edit(patch), Optional.empty());
  }

  static Happening replayEditedOf(String path, String patch) {
    return operator(
        Control.Verb.REPLAY, Optional.of(new StepPath(path)), edit(patch), Optional.empty());
  }

  static Happening replayWith(String version) {
    return operator(Control.Verb.REPLAY, Optional.empty(), Optional.empty(), Optional.of(version));
  }

  static Happening replayWith(String version, String patch) {
    return operator(Control.Verb.REPLAY, Optional.empty(), edit(patch), Optional.of(version));
  }

  static Happening replayOfWith(String path, String version) {
    return operator(
        Control.Verb.REPLAY,
        Optional.of(new StepPath(path)),
        Optional.empty(),
        Optional.of(version));
  }

  static Optional<Json> edit(String patch) {
    return Optional.of(Json.trusted(patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static Happening operator(Control.Verb verb, Optional<StepPath> path) {
    return operator(verb, path, Optional.empty(), Optional.empty());
  }

  private static Happening operator(
      Control.Verb verb, Optional<StepPath> path, Optional<Json> patch, Optional<String> version) {
    return of(
        (execution, at) ->
            new CoreInput.ControlReceived(
                new Control("c-1", execution.id(), verb, "grace", "why not", path, patch, version),
                false));
  }

  static Happening aBugIsMet() {
    return aBugIsMetBy(operator(Control.Verb.PAUSE));
  }

  /** What is in that input is lost. */
  static Happening aBugIsMetBy(Happening input) {
    return of((execution, at) -> new CoreInput.DecisionFailed("planted", input.in(execution, at)));
  }
}
