package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Happening.attempt;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a step stands when something happens: step {@code x} between {@code before} and {@code
 * after}, with one retry and a fallback action for runtime errors.
 *
 * @param kind {@code route}, or {@code enrich} for all that leave their output at once
 * @param state simple name of a {@link StepState}, or {@code none}: nothing is known of the step
 * @param phase simple name of a {@link Phase}, or {@code none}: nothing is known of the execution
 */
record Situation(String kind, String state, String phase) {
  static final String NONE = "none";
  private static final List<String> KINDS = List.of("enrich", "route");
  private static final String HELD = "Held";
  private static final String ENDED = "Ended";

  static final Map<String, Happening> INPUTS =
      Map.ofEntries(
          Map.entry("failed-retriable", attempt(1).of("x").failsTransiently("429")),
          Map.entry("failed-terminal", attempt(1).of("x").fails(ErrorType.QUOTA, "no")),
          Map.entry("deferred", attempt(1).of("x").isDeferredFor(Duration.ofSeconds(5))),
          Map.entry("timer", Happening.timerFires().at("2T10:00:00")),
          Map.entry("cancel", Happening.operator(Control.Verb.CANCEL)),
          Map.entry("pause", Happening.operator(Control.Verb.PAUSE)),
          Map.entry("resume", Happening.operator(Control.Verb.RESUME)),
          Map.entry("replay", Happening.operator(Control.Verb.REPLAY)),
          Map.entry("start", Happening.started()),
          Map.entry("decision-failed", Happening.aBugIsMet()));

  static final String SUCCEEDED = "succeeded";

  /** Every combination of what the core knows, except those that cannot be. */
  static List<Situation> all() {
    List<Situation> all = new ArrayList<>();
    for (String kind : KINDS) {
      all.add(new Situation(kind, NONE, NONE));
      for (String state : (Iterable<String>) states()::iterator) {
        for (String phase : (Iterable<String>) names(Phase.class)::iterator) {
          if (impossible(state, phase).isEmpty()) {
            all.add(new Situation(kind, state, phase));
          }
        }
      }
    }
    return all;
  }

  static Stream<String> states() {
    return Stream.concat(Stream.of(NONE), names(StepState.class));
  }

  static Stream<String> names(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses()).map(Class::getSimpleName);
  }

  /** Why no step is ever found there; the property test looks for counterexamples. */
  static Optional<String> impossible(String state, String phase) {
    return switch (state + " " + phase) {
      case "Held Active" -> Optional.of("going on releases what is held, in the same decision");
      case "Requested Ended" ->
          Optional.of("one step is open at a time; its end is the execution's");
      case "Waiting Ended" -> Optional.of("likewise");
      case "Held Ended" -> Optional.of("likewise");
      default -> Optional.empty();
    };
  }

  /** An execution in this situation. */
  PlayedExecution played() {
    PlayedExecution execution = new PlayedExecution(workflow());
    if (phase.equals(NONE)) {
      return execution;
    }
    execution.happens(Happening.started());
    past().forEach(execution::happens);
    return execution;
  }

  private List<Happening> past() {
    List<Happening> past = new ArrayList<>(toState());
    switch (phase) {
      case "Paused" -> past.add(whenToChange(), Happening.operator(Control.Verb.PAUSE));
      case "Broken" -> past.add(whenToChange(), Happening.aBugIsMet());
      case ENDED -> past.addAll(toEnd());
      default -> {} // as it is
    }
    return past;
  }

  /** A step is held only behind a pause, and what is dead already cannot be paused. */
  private int whenToChange() {
    return switch (state) {
      case HELD -> 0;
      case "Dead" -> 1;
      default -> toState().size();
    };
  }

  private List<Happening> toState() {
    Happening before = attempt(1).of("before").succeeds("ok");
    return switch (state) {
      case NONE -> List.of();
      case "Requested", HELD -> List.of(before);
      case "Waiting" -> List.of(before, attempt(1).of("x").failsTransiently("429"));
      case "Inside" -> List.of(before, inward());
      case "Dead" -> List.of(before, attempt(1).of("x").fails(ErrorType.QUOTA, "no"));
      case "Done" ->
          kind.equals("route")
              ? List.of(before, inward(), attempt(1).of("x/0/in").succeeds("ok"))
              : List.of(before, success());
      default -> throw new IllegalStateException("no way is known to state " + state);
    };
  }

  private List<Happening> toEnd() {
    return switch (state) {
      case NONE -> List.of(attempt(1).of("before").fails(ErrorType.QUOTA, "no"));
      case "Inside" -> List.of(attempt(1).of(inside()).fails(ErrorType.QUOTA, "no"));
      case "Done" -> List.of(attempt(1).of("after").fails(ErrorType.QUOTA, "no"));
      default -> List.of(); // its own failure was the end
    };
  }

  private Happening inward() {
    return kind.equals("route") ? success() : attempt(1).of("x").fails(ErrorType.RUNTIME, "boom");
  }

  private String inside() {
    return kind.equals("route") ? "x/0/in" : "x/catch0/fallback";
  }

  Happening input(String name) {
    return name.equals(SUCCEEDED) ? success() : INPUTS.get(name);
  }

  private Happening success() {
    return kind.equals("route")
        ? attempt(1).of("x").takesBranch(0)
        : attempt(1).of("x").succeeds("ok");
  }

  private Workflow workflow() {
    Step x =
        kind.equals("route")
            ? Defined.route("x", Defined.otherwise(Defined.enrich("in")))
            : Defined.enrich("x");
    Action fallback = Defined.call("plan b");
    Workflow workflow =
        Defined.workflow(
            Defined.enrich("before"),
            Defined.caught(
                Defined.retriedAfter(x, Duration.ofSeconds(10)),
                Defined.toAction(fallback, ErrorType.RUNTIME)),
            Defined.enrich("after"));
    return phase.equals(ENDED) ? Defined.failing(workflow) : workflow;
  }

  @Override
  public String toString() {
    return kind + " " + state + " " + phase;
  }
}
