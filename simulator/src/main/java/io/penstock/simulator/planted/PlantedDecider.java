package io.penstock.simulator.planted;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Decider;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The real decider with a mistake in front of it or behind it. */
public final class PlantedDecider implements Decider {
  private final Decider real;
  private final PlantedBug bug;
  private final LongSupplier ownClock;
  private final Map<String, CommandId> lastAttempts = new HashMap<>();

  private PlantedDecider(Decider real, PlantedBug bug, LongSupplier ownClock) {
    this.real = real;
    this.bug = bug;
    this.ownClock = ownClock;
  }

  /**
   * @param ownClock of the process, in milliseconds of the epoch
   * @return the real one where the mistake is not one of deciding
   */
  public static Decider of(Decider real, PlantedBug bug, LongSupplier ownClock) {
    return switch (bug) {
      case ACCEPT_STALE_FAILURE,
          ACCEPT_TWICE,
          REOPEN_AN_END,
          COMPENSATE_TWICE,
          FORGET_COMPENSATION,
          FIRE_EARLY,
          DECIDE_BY_OWN_CLOCK,
          FORGET_USAGE ->
          new PlantedDecider(real, bug, ownClock);
      default -> real;
    };
  }

  @Override
  public List<Fact> decide(ExecutionState state, CoreInput input, Instant now) {
    return switch (bug) {
      case DECIDE_BY_OWN_CLOCK ->
          real.decide(state, input, Instant.ofEpochMilli(ownClock.getAsLong()));
      case FIRE_EARLY -> real.decide(state, input, asIfDue(state, input, now));
      case ACCEPT_STALE_FAILURE -> noted(state, real.decide(state, asCurrent(state, input), now));
      case ACCEPT_TWICE -> acceptedAgain(input, real.decide(state, input, now));
      case REOPEN_AN_END -> cancelled(state, input, real.decide(state, input, now));
      case FORGET_COMPENSATION ->
          real.decide(state, input, now).stream()
              .filter(fact -> !(fact instanceof Fact.CompensationRegistered))
              .toList();
      case FORGET_USAGE -> real.decide(state, input, now).stream().map(this::free).toList();
      default -> throw new IllegalStateException(bug + " is not a mistake of deciding");
    };
  }

  /** The announcement names what the store held, and that may be far off. */
  private static Instant asIfDue(ExecutionState state, CoreInput input, Instant now) {
    return input instanceof CoreInput.TimerFired
        ? state.control().flatMap(control -> control.wakeUp()).filter(now::isBefore).orElse(now)
        : now;
  }

  private CoreInput asCurrent(ExecutionState state, CoreInput input) {
    if (input instanceof CoreInput.OutcomeReceived received
        && received.outcome().result() instanceof StepOutcome.Failed) {
      StepOutcome outcome = received.outcome();
      CommandId last = lastAttempts.get(key(state, outcome.command().path()));
      if (last != null) {
        return new CoreInput.OutcomeReceived(
            new StepOutcome(
                last,
                outcome.result(),
                outcome.usage(),
                outcome.startedAt(),
                outcome.endedAt(),
                outcome.worker()));
      }
    }
    return input;
  }

  private List<Fact> noted(ExecutionState state, List<Fact> facts) {
    for (Fact fact : facts) {
      if (fact instanceof Fact.AttemptRequested f) {
        lastAttempts.put(
            key(state, f.path()),
            new CommandId(state.id(), f.path(), f.generation(), f.attempt(), f.delivery()));
      }
    }
    return facts;
  }

  private static String key(ExecutionState state, StepPath path) {
    return state.id() + "/" + path;
  }

  private static List<Fact> acceptedAgain(CoreInput input, List<Fact> facts) {
    boolean late =
        facts.stream()
            .anyMatch(
                fact ->
                    fact instanceof Fact.InputIgnored ignored
                        && ignored.reason() == IgnoredReason.ALREADY_DECIDED);
    if (late
        && input instanceof CoreInput.OutcomeReceived received
        && received.outcome().result() instanceof StepOutcome.Succeeded succeeded) {
      CommandId id = received.outcome().command();
      return List.of(
          new Fact.StepCompleted(
              id.path(),
              id.attempt(),
              succeeded.output(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
    return facts;
  }

  private static List<Fact> cancelled(ExecutionState state, CoreInput input, List<Fact> facts) {
    return input instanceof CoreInput.ControlReceived received
            && received.control().verb() == Control.Verb.CANCEL
            && state.control().filter(control -> control.isEnded()).isPresent()
        ? List.of(new Fact.ExecutionCancelled(received.control().by(), "planted"))
        : facts;
  }

  private Fact free(Fact fact) {
    return fact instanceof Fact.AttemptFailed f
        ? new Fact.AttemptFailed(
            f.path(), f.attempt(), f.error(), Optional.empty(), f.startedAt(), f.endedAt())
        : fact;
  }
}
