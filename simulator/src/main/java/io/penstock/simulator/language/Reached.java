package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which constructs an execution has met, by its history: not what is written, but what was done.
 */
public final class Reached {
  private static final int DEEP = 3;

  private final Workflow workflow;
  private final Set<Construct> met = EnumSet.noneOf(Construct.class);
  private int undone;

  private Reached(Workflow workflow) {
    this.workflow = workflow;
  }

  public static Set<Construct> by(Workflow workflow, List<HistoryRecord> history) {
    Reached reached = new Reached(workflow);
    history.forEach(one -> one.facts().forEach(reached::add));
    return reached.met;
  }

  private void add(Fact fact) {
    switch (fact) {
      case Fact.AttemptRequested f -> requested(f.path());
      case Fact.RetryScheduled f -> retry(workflow.step(f.path()).orElseThrow().retry());
      case Fact.AttemptFailed f when f.error().type() == ErrorType.EXPRESSION ->
          met.add(Construct.EXPRESSION_FAILS);
      case Fact.StepFailed f ->
          met.add(
              f.path().scope().slot().equals(Compensation.SLOT)
                  ? Construct.COMPENSATION_DEAD
                  : Construct.DEAD_LETTER);
      case Fact.WaitStarted f -> {
        met.add(Construct.WAIT);
        if (workflow.step(f.path()).orElseThrow().action() instanceof Action.Wait wait
            && !wait.references().isEmpty()) {
          met.add(Construct.WAIT_COMPUTED);
        }
      }
      case Fact.BranchTaken f -> branch(f);
      case Fact.BranchesStarted f -> parallel(f.path());
      case Fact.ItemsFound f -> foreach(f);
      case Fact.ScopeEnded f when f.error().isPresent() -> putUpWith(f.scope());
      case Fact.ErrorCaught f -> caught(f);
      case Fact.FinallyStarted f ->
          met.add(f.error().isPresent() ? Construct.FINALLY_FAILED : Construct.FINALLY_WELL);
      case Fact.StepCompleted f -> completed(f);
      case Fact.StepCompensated ignored -> undone();
      case Fact.ExecutionCompleted ignored -> {
        met.add(Construct.ENDS_COMPLETED);
        if (workflow.deadline().isPresent()) {
          met.add(Construct.DEADLINE_KEPT);
        }
      }
      case Fact.ExecutionFailed f -> {
        met.add(Construct.ENDS_FAILED);
        if (f.path().isEmpty() && f.error().type() == ErrorType.TIMEOUT) {
          met.add(Construct.DEADLINE_PASSED);
        }
      }
      case Fact.ExecutionCompensated ignored -> met.add(Construct.ENDS_COMPENSATED);
      default -> {} // is not about the language
    }
  }

  private void requested(StepPath path) {
    Step step = workflow.step(path).orElseThrow();
    if (step.timeout().isPresent()) {
      met.add(Construct.TIMEOUT);
    }
    if (path.value().split("/", -1).length > 2 * DEEP) {
      met.add(Construct.THREE_DEEP);
    }
    if (step.retry().equals(Retry.NONE)) {
      met.add(Construct.NO_RETRY);
    }
    switch (step.action()) {
      case Action.Enrich ignored -> met.add(Construct.ENRICH);
      case Action.Llm ignored -> met.add(Construct.LLM);
      case Action.NotifyApi ignored -> met.add(Construct.NOTIFY_API);
      case Action.NotifyChannel ignored -> met.add(Construct.NOTIFY_CHANNEL);
      default -> {} // a route; by where it leads
    }
  }

  private void retry(Retry retry) {
    if (!retry.rules().isEmpty()) {
      met.add(Construct.RETRY_BY_ERROR);
    }
    if (retry.limitsTime()) {
      met.add(Construct.RETRY_LIMITED_IN_TIME);
    }
    met.add(
        switch (retry.others()) {
          case Retry.Delays ignored -> Construct.RETRY_DELAYS;
          case Retry.Backoff backoff ->
              switch (backoff.kind()) {
                case CONSTANT -> Construct.RETRY_CONSTANT;
                case LINEAR -> Construct.RETRY_LINEAR;
                case EXPONENTIAL -> Construct.RETRY_EXPONENTIAL;
              };
        });
  }

  private void branch(Fact.BranchTaken fact) {
    Action.Route route = (Action.Route) workflow.step(fact.path()).orElseThrow().action();
    boolean otherwise = route.branches().get(fact.branch()).when().isEmpty();
    met.add(otherwise ? Construct.ROUTE_OTHERWISE : Construct.ROUTE_TO_A_BRANCH);
  }

  private void parallel(StepPath path) {
    Action.Parallel parallel = (Action.Parallel) workflow.step(path).orElseThrow().action();
    if (parallel.needed() == parallel.branches().size()) {
      met.add(Construct.PARALLEL_ALL);
    } else {
      met.add(
          parallel.losers() == Action.Losers.FINISH
              ? Construct.PARALLEL_SOME_FINISH
              : Construct.PARALLEL_SOME_CANCEL);
    }
  }

  private void foreach(Fact.ItemsFound fact) {
    Action.Foreach foreach = (Action.Foreach) workflow.step(fact.path()).orElseThrow().action();
    if (fact.rounds() == 0) {
      met.add(Construct.FOREACH_OF_NOTHING);
      return;
    }
    met.add(Construct.FOREACH);
    if (foreach.chunk().isPresent()) {
      met.add(Construct.FOREACH_IN_CHUNKS);
    }
    if (foreach.concurrency() == 1) {
      met.add(Construct.FOREACH_ONE_BY_ONE);
    }
    foreach
        .tolerate()
        .ifPresent(
            share ->
                met.add(
                    share == 1
                        ? Construct.FOREACH_CONTINUES
                        : Construct.FOREACH_TOLERATES_A_SHARE));
  }

  private void putUpWith(ScopePath scope) {
    Action around = workflow.step(scope.owner().orElseThrow()).orElseThrow().action();
    met.add(
        around instanceof Action.Foreach
            ? Construct.ROUND_PUT_UP_WITH
            : Construct.BRANCH_PUT_UP_WITH);
  }

  private void caught(Fact.ErrorCaught fact) {
    boolean ofTheWhole = fact.path().equals(Workflow.WHOLE);
    List<Catch> catches =
        ofTheWhole
            ? workflow.handlers().catches()
            : workflow.step(fact.path()).orElseThrow().catches();
    Catch taker = catches.get(fact.handler());
    if (ofTheWhole) {
      met.add(Construct.CATCH_OF_THE_WORKFLOW);
    } else if (fact.step().isPresent()) {
      met.add(Construct.CATCH_OF_WHAT_IS_INSIDE);
    }
    if (!taker.errors().isEmpty()) {
      met.add(Construct.CATCH_BY_TYPE);
    }
    if (fact.error().type() == ErrorType.EXPRESSION) {
      met.add(Construct.EXPRESSION_FAILS);
    }
    met.add(
        switch (taker.handling()) {
          case Catch.FallbackOutput ignored -> Construct.CATCH_OUTPUT;
          case Catch.FallbackAction ignored -> Construct.CATCH_ACTION;
          case Catch.FallbackSteps steps ->
              steps.output().isPresent()
                  ? Construct.CATCH_STEPS_WITH_OUTPUT
                  : Construct.CATCH_STEPS;
        });
  }

  private void completed(Fact.StepCompleted fact) {
    Optional<Gathered> gathered = fact.gathered();
    boolean isRoute =
        gathered.isEmpty()
            && workflow.step(fact.path()).map(Step::action).orElse(null) instanceof Action.Route;
    if (isRoute && Long.valueOf(-1).equals(fact.output().at("branch"))) {
      met.add(Construct.ROUTE_TO_NOWHERE);
    }
  }

  /** What is undone alone has no order. */
  private void undone() {
    undone++;
    if (undone > 1) {
      met.add(
          workflow.compensation() == CompensationOrder.PARALLEL
              ? Construct.COMPENSATED_IN_PARALLEL
              : Construct.COMPENSATED_IN_REVERSE);
    }
  }
}
