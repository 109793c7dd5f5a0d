package io.penstock.orchestrator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Workers that answer a call always alike lead to the same output, in whatever order they answer:
 * branches and rounds do not get into each other's way.
 */
class AnyOrderTest {
  private static final int WORKFLOWS = 30;
  private static final int ORDERS = 5;
  private static final int MANY_INPUTS = 5_000;

  @Test
  void the_order_of_outcomes_does_not_change_the_outcome() {
    for (int workflowSeed = 0; workflowSeed < WORKFLOWS; workflowSeed++) {
      Workflow workflow = new Nested(new SplittableRandom(workflowSeed)).next();
      Json first = outputOf(workflow, 0);
      for (int order = 1; order < ORDERS; order++) {
        assertThat(outputOf(workflow, order))
            .as("workflow seed %d, order %d", workflowSeed, order)
            .isEqualTo(first);
      }
    }
  }

  private static Json outputOf(Workflow workflow, int order) {
    RandomGenerator random = new SplittableRandom(order);
    PlayedExecution execution = new PlayedExecution(workflow);
    List<StepRequested> open = new ArrayList<>();
    PlayedExecution.Transition last =
        execution.happens(Happening.startedWith(Map.of("list", List.of("a", "b", "c", "d", "e"))));
    for (int i = 0; i < MANY_INPUTS; i++) {
      last.messages().stream()
          .filter(Message.Command.class::isInstance)
          .map(message -> ((Message.Command) message).request())
          .forEach(open::add);
      Optional<Json> output = end(last);
      if (output.isPresent()) {
        return output.get();
      }
      boolean retry = open.isEmpty() || random.nextInt(4) == 0;
      last =
          retry
              ? execution.happens(Happening.timerFires())
              : execution.happens(answer(open.remove(random.nextInt(open.size()))));
    }
    throw new AssertionError("it does not end");
  }

  private static Optional<Json> end(PlayedExecution.Transition transition) {
    return transition.facts().stream()
        .filter(Fact.ExecutionCompleted.class::isInstance)
        .map(fact -> ((Fact.ExecutionCompleted) fact).output())
        .findFirst();
  }

  /** By the path of the call: some fail at first, some for good. */
  private static Happening answer(StepRequested call) {
    String path = call.id().path().value();
    Happening.AnAttempt attempt =
        Happening.attempt(call.id().attempt()).of(path).delivery(call.id().delivery());
    int kind = Math.floorMod(path.hashCode(), 7);
    if (kind == 0 && call.id().attempt() == 1) {
      return attempt.failsTransiently("503");
    }
    return kind == 1 && !path.contains("catch")
        ? attempt.ends(
            new StepOutcome.Failed(StepError.of(ErrorType.RUNTIME, "for good"), Optional.empty()))
        : attempt.succeeds(path + " saw " + call.context());
  }

  /** Workflows in which no failure is left over and no branch races another. */
  private static final class Nested {
    private static final int MAX_DEPTH = 2;

    private final RandomGenerator random;
    private int ids;

    Nested(RandomGenerator random) {
      this.random = random;
    }

    Workflow next() {
      Step[] steps = steps(0);
      String last = steps[steps.length - 1].id();
      return Defined.withOutput(Defined.workflow(steps), "{{ steps." + last + ".output }}");
    }

    private Step[] steps(int depth) {
      return IntStream.range(0, 1 + random.nextInt(2))
          .mapToObj(i -> step(depth))
          .toArray(Step[]::new);
    }

    private Step step(int depth) {
      String id = "s" + ids++;
      return switch (depth < MAX_DEPTH ? random.nextInt(depth == 0 ? 2 : 3) : 2) {
        case 0 ->
            Defined.parallel(
                id,
                IntStream.range(0, 2 + random.nextInt(2))
                    .mapToObj(n -> Defined.lane("l" + n, steps(depth + 1)))
                    .toArray(Action.ParallelBranch[]::new));
        case 1 ->
            Defined.tolerating(
                Defined.foreach(id, "input.list", 1 + random.nextInt(4), steps(depth + 1)), 1);
        default ->
            Defined.caught(
                Defined.retriedAfter(
                    Defined.enrich(id, "{{ [item, index] }}"), Duration.ofSeconds(3)),
                Defined.toOutput("caught"));
      };
    }
  }
}
