package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Happening.attempt;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ErrorType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Kinds of steps that the core treats differently, by what they are and where they stand. */
enum KindOfStep {
  /** Leaves its output at once. */
  ENRICH("x", "x/catch0/fallback"),
  ROUTE("x", "x/0/in"),
  /** Beside a branch that is at work too. */
  BRANCH("fork/a/x", "fork/a/x/catch0/fallback"),
  /** Beside a round that is at work too. */
  ROUND("each/0/x", "each/0/x/catch0/fallback"),
  PARALLEL("x", "x/l/in", "x/r/other"),
  FOREACH("x", "x/0/in", "x/1/in", "x/2/in"),
  /** Of a catch of the workflow. */
  HANDLER("@workflow/catch0/x", "@workflow/catch0/x/catch0/fallback"),
  /** Time passes. */
  WAIT("x", "x/catch0/fallback");

  private static final Set<String> OF_WORK =
      Set.of("none", "Requested", "Waiting", "Held", "Inside", "Dead", "Done");

  private final String path;
  private final String inside;

  /**
   * @param inside paths of the steps inside it, in their order
   */
  KindOfStep(String path, String... inside) {
    this.path = path;
    this.inside = String.join(" ", inside);
  }

  private List<String> inside() {
    return List.of(inside.split(" ", -1));
  }

  String path() {
    return path;
  }

  /** Whether another step can end the execution while this one is open. */
  boolean isBesideOthers() {
    return this == BRANCH || this == ROUND;
  }

  /** Which states it has at all. */
  boolean has(String state) {
    return switch (this) {
      case ENRICH, ROUTE, BRANCH, ROUND, HANDLER -> OF_WORK.contains(state);
      // No command is ever out for it, and failures are those of the steps inside. It waits only
      // behind a hundred commands; see CommandsPerTransitionTest.
      case PARALLEL -> Set.of("none", "Forked", "Inside", "Done").contains(state);
      // It waits for its turn only behind a hundred commands, as a parallel.
      case WAIT -> Set.of("none", "Sleeping", "Held", "Inside", "Dead", "Done").contains(state);
      case FOREACH ->
          Set.of("none", "Iterating", "Waiting", "Held", "Inside", "Dead", "Done").contains(state);
    };
  }

  /** The step, and what stands around it, between {@code before} and {@code after}. */
  Step defined(String state, UnaryOperator<Step> caught) {
    return switch (this) {
      case ENRICH, HANDLER -> caught.apply(Defined.enrich("x"));
      case ROUTE -> caught.apply(Defined.route("x", Defined.otherwise(Defined.enrich("in"))));
      case BRANCH ->
          Defined.parallel(
              "fork",
              Defined.lane("a", caught.apply(Defined.enrich("x"))),
              Defined.lane("b", Defined.enrich("y")));
      case ROUND -> Defined.foreach("each", "[1, 2, 3]", 2, caught.apply(Defined.enrich("x")));
      case PARALLEL ->
          caught.apply(
              Defined.parallel(
                  "x",
                  Defined.lane("l", Defined.enrich("in")),
                  Defined.lane("r", Defined.enrich("other"))));
      case FOREACH -> caught.apply(Defined.foreach("x", items(state), 2, Defined.enrich("in")));
      case WAIT -> wait(state);
    };
  }

  private static Step wait(String state) {
    return switch (state) {
      case "Dead", "Held" -> Defined.waiting("x", "{{ input.nowhere }}");
      case "Inside" ->
          Defined.caught(
              Defined.waiting("x", "{{ input.nowhere }}"),
              Defined.toAction(Defined.call("plan b"), ErrorType.EXPRESSION));
      default -> Defined.waiting("x", "10m");
    };
  }

  private static String items(String state) {
    return switch (state) {
      case "Dead", "Held" -> "input.nowhere";
      case "Waiting" -> "[steps.before.output, steps.before.output]";
      default -> "[1, 2, 3]";
    };
  }

  /** What {@code before} gives: enough to put off a foreach over it, where that is wanted. */
  Object before(String state) {
    return this == FOREACH && state.equals("Waiting") ? "x".repeat(100 * 1024) : "ok";
  }

  /** To the steps inside it. */
  Happening inward() {
    return switch (this) {
      case ROUTE -> success();
      case ENRICH, BRANCH, ROUND, HANDLER -> attempt(1).of(path).fails(ErrorType.RUNTIME, "boom");
      case PARALLEL, FOREACH -> attempt(1).of(inside().getFirst()).fails(ErrorType.RUNTIME, "boom");
      case WAIT -> throw new IllegalStateException("its time cannot be told from the start");
    };
  }

  /** From where it is at work to its output. */
  List<Happening> throughInside() {
    return switch (this) {
      case ENRICH, BRANCH, ROUND, HANDLER -> List.of(success());
      case WAIT -> List.of(Happening.timerFires().at("10:30:00"));
      case ROUTE -> List.of(success(), attempt(1).of("x/0/in").succeeds("ok"));
      case PARALLEL, FOREACH ->
          inside().stream().map(step -> attempt(1).of(step).succeeds("ok")).toList();
    };
  }

  /** Of the step while others inside are at work. */
  Happening endFromInside(boolean caught) {
    String last =
        caught && (this == PARALLEL || this == FOREACH) ? "x/catch0/fallback" : inside().getFirst();
    return attempt(1).of(last).fails(ErrorType.QUOTA, "no");
  }

  /** Of the step beside it. */
  Happening endFromBeside() {
    return attempt(1).of(this == BRANCH ? "fork/b/y" : "each/1/x").fails(ErrorType.QUOTA, "no");
  }

  Happening success() {
    return this == ROUTE ? attempt(1).of(path).takesBranch(0) : attempt(1).of(path).succeeds("ok");
  }

  static List<KindOfStep> all() {
    return Arrays.asList(values());
  }
}
