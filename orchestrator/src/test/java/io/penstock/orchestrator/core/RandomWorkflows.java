package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Small workflows of any shape that the language has: linear, routes in routes, catches, retries,
 * waits, handlers of the whole.
 */
final class RandomWorkflows {
  private static final int MAX_DEPTH = 2;

  private final RandomGenerator random;
  private int ids;

  RandomWorkflows(RandomGenerator random) {
    this.random = random;
  }

  Workflow next() {
    ids = 0;
    Workflow workflow = Defined.workflow(steps(0, List.of()).toArray(Step[]::new));
    workflow =
        switch (random.nextInt(4)) {
          case 0 -> Defined.failing(workflow);
          case 1 -> Defined.compensating(workflow);
          default -> workflow;
        };
    if (random.nextInt(4) == 0) {
      workflow = Defined.inParallel(workflow);
    }
    if (random.nextInt(4) == 0) {
      workflow = Defined.caught(workflow, catches(List.of()));
    }
    if (random.nextInt(4) == 0) {
      workflow = Defined.lastly(workflow, handling("{{ error }}"));
    }
    String last = workflow.steps().getLast().id();
    if (random.nextBoolean()) {
      workflow = Defined.withOutput(workflow, "{{ steps." + last + ".output }}");
    }
    return random.nextInt(4) == 0
        ? Defined.due(workflow, Duration.ofMinutes(random.nextInt(1, 90)))
        : workflow;
  }

  private List<Step> steps(int depth, List<String> visible) {
    List<Step> steps = new ArrayList<>();
    List<String> seen = new ArrayList<>(visible);
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Step step = step(depth, seen);
      steps.add(step);
      seen.add(step.id());
    }
    return steps;
  }

  private Step step(int depth, List<String> visible) {
    String id = "s" + ids++;
    if (depth < MAX_DEPTH && random.nextInt(4) == 0) {
      return caughtSometimes(
          random.nextBoolean() ? parallel(id, depth, visible) : foreach(id, depth, visible),
          visible);
    }
    if (random.nextInt(8) == 0) {
      return Defined.waiting(id, random.nextInt(5) + "s");
    }
    Step step =
        depth < MAX_DEPTH && random.nextInt(3) == 0
            ? Defined.route(id, branches(depth, visible))
            : undoneSometimes(Defined.enrich(id, body(visible)), visible);
    Step retried = Defined.retried(step, retry());
    return random.nextInt(3) == 0 ? Defined.caught(retried, catches(visible)) : retried;
  }

  private Step undoneSometimes(Step step, List<String> visible) {
    return random.nextBoolean() ? Defined.undone(step, Defined.call(body(visible)), retry()) : step;
  }

  private Step caughtSometimes(Step step, List<String> visible) {
    return random.nextInt(3) == 0 ? Defined.caught(step, catches(visible)) : step;
  }

  private Step parallel(String id, int depth, List<String> visible) {
    Action.ParallelBranch[] lanes =
        IntStream.range(0, 2 + random.nextInt(2))
            .mapToObj(n -> Defined.lane("l" + n, steps(depth + 1, visible).toArray(Step[]::new)))
            .toArray(Action.ParallelBranch[]::new);
    Action.Losers losers = random.nextBoolean() ? Action.Losers.CANCEL : Action.Losers.FINISH;
    return Defined.parallel(id, 1 + random.nextInt(lanes.length), losers, lanes);
  }

  private Step foreach(String id, int depth, List<String> visible) {
    boolean findsNone = random.nextInt(6) == 0;
    String items =
        findsNone
            ? "input.nowhere"
            : random.nextInt(4) == 0 ? "[]" : "[1, {'n': 2}, 'three', null]";
    Step step =
        Defined.foreach(
            id, items, 1 + random.nextInt(3), steps(depth + 1, visible).toArray(Step[]::new));
    if (random.nextInt(3) == 0) {
      step = Defined.inChunksOf(3, step);
    }
    if (random.nextBoolean()) {
      step = Defined.tolerating(step, random.nextInt(5) / 4.0);
    }
    return findsNone ? Defined.caught(step, Defined.toOutput("none")) : step; // no replay helps it
  }

  private Action.Branch[] branches(int depth, List<String> visible) {
    return IntStream.range(0, 1 + random.nextInt(2))
        .mapToObj(
            n ->
                Defined.branch(
                    "b" + n,
                    "input.n == " + n,
                    random.nextInt(8) == 0
                        ? new Step[0]
                        : steps(depth + 1, visible).toArray(Step[]::new)))
        .toArray(Action.Branch[]::new);
  }

  /** Tells somebody, perhaps waits, and has another go. */
  private Step[] handling(String body) {
    Step say = Defined.enrich("s" + ids++, body);
    Step again =
        Defined.retried(Defined.enrich("s" + ids++, "{{ [error.input, steps] }}"), retry());
    Step last = random.nextBoolean() ? again : Defined.caught(again, Defined.toOutput("plan c"));
    return random.nextBoolean()
        ? new Step[] {say, last}
        : new Step[] {say, Defined.waiting("s" + ids++, "2s"), last};
  }

  /** Reads something that may be there, so that contexts and their order are compared too. */
  private String body(List<String> visible) {
    return switch (random.nextInt(4)) {
      case 0 -> "{{ input }}";
      case 1 -> "{{ execution.id }}{{ [item, index] }}";
      case 2 -> visible.isEmpty() ? "x" : "{{ steps." + any(visible) + ".output }}";
      default -> "{{ [input, steps] }}";
    };
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Retry retry() {
    return switch (random.nextInt(3)) {
      case 0 -> Retry.NONE;
      case 1 -> Retry.DEFAULT;
      default ->
          new Retry(
              random.nextBoolean()
                  ? List.of()
                  : List.of(new Retry.Rule(Set.of(ErrorType.RUNTIME), backoff())),
              backoff());
    };
  }

  private Retry.Backoff backoff() {
    return new Retry.Backoff(
        Retry.Backoff.Kind.EXPONENTIAL,
        Duration.ofSeconds(2),
        2,
        Duration.ofMinutes(1),
        random.nextInt(3),
        0.5,
        random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofSeconds(5)));
  }

  private Catch[] catches(List<String> visible) {
    ErrorType[] errors =
        random.nextBoolean() ? new ErrorType[0] : new ErrorType[] {ErrorType.COMMUNICATION};
    return switch (random.nextInt(5)) {
      case 3 -> new Catch[] {Defined.takingOnly(Defined.toSteps(handling("{{ error }}")), errors)};
      case 4 ->
          new Catch[] {
            Defined.leaving(
                random.nextInt(3) == 0 ? "{{ input.nowhere }}" : "{{ error.step }}",
                Defined.toSteps(handling(body(visible))))
          };
      case 0 -> new Catch[] {Defined.toOutput("{{ error.message }}", errors)};
      case 1 -> new Catch[] {Defined.toOutput("{{ input.nowhere }}", errors)};
      default -> new Catch[] {Defined.toAction(Defined.call(body(visible)), errors)};
    };
  }
}
