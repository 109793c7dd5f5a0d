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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a step stands when something happens: step {@code x} between {@code before} and {@code
 * after}, with one retry and a fallback action for runtime errors.
 *
 * @param state simple name of a {@link StepState}, or {@code none}: nothing is known of the step
 * @param phase simple name of a {@link Phase}, or {@code none}: nothing is known of the execution
 */
record Situation(KindOfStep kind, String state, String phase) {
  static final String NONE = "none";
  private static final String HELD = "Held";
  private static final String ENDED = "Ended";

  static final List<String> INPUTS =
      List.of(
          "succeeded",
          "failed-retriable",
          "failed-terminal",
          "deferred",
          "timer",
          "cancel",
          "pause",
          "resume",
          "replay",
          "compensate",
          "retry_compensation",
          "skip_compensation",
          "mark_compensated",
          "start",
          "decision-failed");

  /** Every combination of what the core knows, except those that cannot be. */
  static List<Situation> all() {
    List<Situation> all = new ArrayList<>();
    for (KindOfStep kind : KindOfStep.all()) {
      all.add(new Situation(kind, NONE, NONE));
      for (String state : (Iterable<String>) states()::iterator) {
        for (String phase : (Iterable<String>) names(Phase.class)::iterator) {
          if (kind.has(state) && impossible(kind, state, phase).isEmpty()) {
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

  private static Optional<String> impossible(KindOfStep kind, String state, String phase) {
    boolean open = Set.of("Requested", "Waiting", "Sleeping", HELD).contains(state);
    return open && phase.equals(ENDED) && !kind.isBesideOthers()
        ? Optional.of("it is the only open one; its end is the execution's")
        : impossible(state, phase);
  }

  /** Why no step at all is ever found there; the property test looks for counterexamples. */
  static Optional<String> impossible(String state, String phase) {
    return state.equals(HELD) && phase.equals("Active")
        ? Optional.of("going on releases what is held, in the same decision")
        : Optional.empty();
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
    if (state.equals(HELD)) {
      return pastOfHeld();
    }
    List<Happening> past = new ArrayList<>(toState());
    switch (phase) {
      case "Paused" -> past.add(whenToChange(), Happening.operator(Control.Verb.PAUSE));
      case "Broken" -> past.add(whenToChange(), Happening.aBugIsMet());
      case ENDED -> past.addAll(toEnd());
      default -> {} // as it is
    }
    return past;
  }

  /** What is dead already cannot be paused. */
  private int whenToChange() {
    return state.equals("Dead") ? toState().size() - 1 : toState().size();
  }

  private Happening before() {
    return kind == KindOfStep.HANDLER
        ? attempt(1).of("before").fails(ErrorType.BUDGET, "for the workflow to catch")
        : attempt(1).of("before").succeeds(kind.before(state));
  }

  /** A step is held only behind a pause; a foreach only when it is replayed there. */
  private List<Happening> pastOfHeld() {
    Happening pause = Happening.operator(Control.Verb.PAUSE);
    if (kind == KindOfStep.FOREACH || kind == KindOfStep.WAIT) {
      List<Happening> past =
          new ArrayList<>(List.of(pause, before(), Happening.operator(Control.Verb.REPLAY)));
      if (phase.equals("Broken")) {
        past.add(Happening.aBugIsMet());
      }
      return past;
    }
    return switch (phase) {
      case "Broken" -> List.of(Happening.aBugIsMet(), before());
      case ENDED -> {
        Happening retry = Happening.timerFires().at("10:00:30");
        yield List.of(before(), failsTransiently(), pause, retry, kind.endFromBeside());
      }
      default -> List.of(pause, before());
    };
  }

  private List<Happening> toState() {
    return switch (state) {
      case NONE -> List.of();
      case "Requested", "Sleeping", "Forked", "Iterating" -> List.of(before());
      case "Waiting" ->
          kind == KindOfStep.FOREACH ? List.of(before()) : List.of(before(), failsTransiently());
      case "Inside" ->
          kind == KindOfStep.WAIT ? List.of(before()) : List.of(before(), kind.inward());
      case "Dead" ->
          kind == KindOfStep.FOREACH || kind == KindOfStep.WAIT
              ? List.of(before())
              : List.of(before(), attempt(1).of(kind.path()).fails(ErrorType.QUOTA, "no"));
      case "Done" -> Stream.concat(Stream.of(before()), kind.throughInside().stream()).toList();
      default -> throw new IllegalStateException("no way is known to state " + state);
    };
  }

  private Happening failsTransiently() {
    return attempt(1).of(kind.path()).failsTransiently("429");
  }

  private List<Happening> toEnd() {
    if (kind.isBesideOthers() && !state.equals(NONE) && !state.equals("Dead")) {
      return List.of(kind.endFromBeside());
    }
    return switch (state) {
      case NONE -> List.of(attempt(1).of("before").fails(ErrorType.QUOTA, "no"));
      case "Inside" -> List.of(kind.endFromInside(true));
      case "Forked", "Iterating" -> List.of(kind.endFromInside(false));
      case "Done" -> List.of(attempt(1).of(after()).fails(ErrorType.QUOTA, "no"));
      default -> List.of(); // its own failure was the end
    };
  }

  private String after() {
    return kind == KindOfStep.HANDLER ? "@workflow/catch0/after" : "after";
  }

  Happening input(String name) {
    Happening.AnAttempt first = attempt(1).of(kind.path());
    return switch (name) {
      case "succeeded" -> kind.success();
      case "failed-retriable" -> first.failsTransiently("429");
      case "failed-terminal" -> first.fails(ErrorType.QUOTA, "no");
      case "deferred" -> first.isDeferredFor(Duration.ofSeconds(5));
      case "timer" -> Happening.timerFires().at("2T10:00:00");
      case "start" -> Happening.started();
      case "decision-failed" -> Happening.aBugIsMetBy(kind.success());
      default -> Happening.operator(Control.Verb.of(name));
    };
  }

  private Workflow workflow() {
    Action.Work fallback = Defined.call("plan b");
    Step step =
        kind.defined(
            state,
            x ->
                Defined.caught(
                    x.action() instanceof Action.Work
                        ? Defined.retriedAfter(x, Duration.ofSeconds(10))
                        : x,
                    Defined.toAction(fallback, ErrorType.RUNTIME)));
    Step after = Defined.enrich("after");
    Workflow workflow =
        kind == KindOfStep.HANDLER
            ? Defined.caught(
                Defined.workflow(Defined.enrich("before")),
                Defined.takingOnly(Defined.toSteps(step, after), ErrorType.BUDGET))
            : Defined.workflow(Defined.enrich("before"), step, after);
    return phase.equals(ENDED) ? Defined.failing(workflow) : workflow;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + state + " " + phase;
  }
}
