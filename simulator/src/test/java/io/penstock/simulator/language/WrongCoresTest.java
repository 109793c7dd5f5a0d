package io.penstock.simulator.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.orchestrator.core.ExecutionState;
import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Handlers;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison can fail: cores with a mistake in them are found out. */
class WrongCoresTest {

  /** So many executions are enough to find each of them. */
  private static final int ENOUGH = 400;

  /**
   * @param of the decider for a workflow
   */
  record Mistake(String name, Function<Workflow, CoreRun.Decider> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        reading("forgets the catches of steps", step -> Rewritten.withCatches(step, List.of())),
        reading("tries once more than it should", WrongCoresTest::withMoreRetries),
        reading("takes an item more into each round", WrongCoresTest::inLargerRounds),
        reading("puts up with a round that fails", WrongCoresTest::tolerant),
        reading("waits for one branch only", WrongCoresTest::withoutJoin),
        knowing("forgets finally", one -> Rewritten.with(one, one.steps(), withoutFinally(one))),
        knowing(
            "forgets the catches of the workflow",
            one ->
                Rewritten.with(one, one.steps(), new Handlers(List.of(), one.handlers().lastly()))),
        knowing("fails instead of compensating", one -> one.onFailure(OnFailure.FAIL)),
        seeing("takes the wrong branch", WrongCoresTest::anotherBranch),
        deciding("completes with the output of nobody", WrongCoresTest::withoutOutput),
        deciding("forgets to undo a step", WrongCoresTest::withoutSomeRegistrations),
        new Mistake("undoes two steps in the wrong order", LateRegistration::new),
        deciding("loses a fallback's output", WrongCoresTest::withoutOutputOf),
        deciding("counts a failed round as well", WrongCoresTest::withoutFailedRounds));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void a_mistake_is_found(Mistake mistake) {
    List<String> found = new ArrayList<>();
    for (Corpus one : Corpus.all().subList(0, ENOUGH)) {
      found.addAll(one.differences(0, mistake.of().apply(one.generated().workflow())));
      if (!found.isEmpty()) {
        break;
      }
    }
    assertThat(found).isNotEmpty();
  }

  /** It has each step in another form than is written. */
  private static Mistake reading(String name, UnaryOperator<Step> change) {
    return knowing(name, workflow -> Rewritten.of(workflow, change));
  }

  /** It has the workflow in another form than is written. */
  private static Mistake knowing(String name, UnaryOperator<Workflow> change) {
    return new Mistake(
        name,
        workflow -> new ExecutionDecider(CoreRun.definitions(change.apply(workflow)))::decide);
  }

  /** It misunderstands what comes. */
  private static Mistake seeing(String name, UnaryOperator<CoreInput> change) {
    return new Mistake(
        name,
        workflow -> {
          ExecutionDecider right = new ExecutionDecider(CoreRun.definitions(workflow));
          return (state, input, now) -> right.decide(state, change.apply(input), now);
        });
  }

  /** It decides otherwise than it should. */
  private static Mistake deciding(String name, UnaryOperator<List<Fact>> change) {
    return new Mistake(
        name,
        workflow -> {
          ExecutionDecider right = new ExecutionDecider(CoreRun.definitions(workflow));
          return (ExecutionState state, CoreInput input, Instant now) ->
              change.apply(right.decide(state, input, now));
        });
  }

  private static Step withMoreRetries(Step step) {
    return step.retry().others() instanceof Retry.Backoff rule
        ? new Step(
            step.id(),
            step.action(),
            new Retry(
                step.retry().rules(),
                new Retry.Backoff(
                    rule.kind(),
                    rule.delay(),
                    rule.factor(),
                    rule.max(),
                    rule.limit() + 1,
                    rule.jitter(),
                    rule.duration())),
            step.timeout(),
            step.catches(),
            step.compensation())
        : step;
  }

  private static Step inLargerRounds(Step step) {
    return step.action() instanceof Action.Foreach each
        ? Rewritten.withAction(
            step,
            new Action.Foreach(
                each.items(),
                each.as(),
                each.concurrency(),
                Optional.of(each.chunk().orElse(1) + 1),
                each.tolerate(),
                each.steps()))
        : step;
  }

  private static Step tolerant(Step step) {
    return step.action() instanceof Action.Foreach each
        ? Rewritten.withAction(
            step,
            new Action.Foreach(
                each.items(),
                each.as(),
                each.concurrency(),
                each.chunk(),
                Optional.of(1.0),
                each.steps()))
        : step;
  }

  private static Step withoutJoin(Step step) {
    return step.action() instanceof Action.Parallel all
        ? Rewritten.withAction(step, new Action.Parallel(all.branches(), 1, Action.Losers.CANCEL))
        : step;
  }

  private static Handlers withoutFinally(Workflow workflow) {
    return new Handlers(workflow.handlers().catches(), List.of());
  }

  private static CoreInput anotherBranch(CoreInput input) {
    if (input instanceof CoreInput.OutcomeReceived received
        && received.outcome().result() instanceof StepOutcome.Succeeded succeeded
        && Long.valueOf(0).equals(succeeded.output().at("branch"))) {
      StepOutcome outcome = received.outcome();
      return new CoreInput.OutcomeReceived(
          new StepOutcome(
              outcome.command(),
              new StepOutcome.Succeeded(Json.of(Map.of("branch", -1L))),
              outcome.usage(),
              outcome.startedAt(),
              outcome.endedAt(),
              outcome.worker()));
    }
    return input;
  }

  private static List<Fact> withoutOutput(List<Fact> facts) {
    return facts.stream()
        .map(
            fact ->
                fact instanceof Fact.ExecutionCompleted
                    ? new Fact.ExecutionCompleted(Json.NULL)
                    : fact)
        .toList();
  }

  private static List<Fact> withoutSomeRegistrations(List<Fact> facts) {
    return facts.stream()
        .filter(
            fact ->
                !(fact instanceof Fact.CompensationRegistered one
                    && one.path().value().contains("/")))
        .toList();
  }

  /** Of two steps the second is noted first. */
  private static final class LateRegistration implements CoreRun.Decider {
    private final ExecutionDecider right;
    private Optional<Fact> late = Optional.empty();

    LateRegistration(Workflow workflow) {
      this.right = new ExecutionDecider(CoreRun.definitions(workflow));
    }

    @Override
    public List<Fact> decide(ExecutionState state, CoreInput input, Instant now) {
      List<Fact> facts = new ArrayList<>();
      for (Fact fact : right.decide(state, input, now)) {
        if (fact instanceof Fact.CompensationRegistered && late.isEmpty()) {
          late = Optional.of(fact);
        } else if (fact instanceof Fact.CompensationStarted) {
          late.ifPresent(facts::add);
          late = Optional.empty();
          facts.add(fact);
        } else {
          facts.add(fact);
          if (fact instanceof Fact.CompensationRegistered) {
            facts.add(late.get());
            late = Optional.empty();
          }
        }
      }
      return facts;
    }
  }

  private static List<Fact> withoutOutputOf(List<Fact> facts) {
    return facts.stream()
        .map(
            fact ->
                fact instanceof Fact.StepCompleted f && f.outputOf().isPresent()
                    ? new Fact.StepCompleted(
                        f.path(),
                        f.attempt(),
                        f.output(),
                        Optional.empty(),
                        f.usage(),
                        f.startedAt(),
                        f.endedAt())
                    : fact)
        .toList();
  }

  private static List<Fact> withoutFailedRounds(List<Fact> facts) {
    return facts.stream()
        .map(
            fact ->
                fact instanceof Fact.ScopeEnded ended && ended.error().isPresent()
                    ? new Fact.ScopeEnded(ended.scope(), Optional.empty())
                    : fact)
        .toList();
  }
}
