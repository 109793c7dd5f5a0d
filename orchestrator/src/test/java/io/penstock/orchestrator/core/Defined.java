package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.StepParts.altered;
import static io.penstock.orchestrator.core.WorkflowParts.altered;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Handlers;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Expression;
import io.penstock.schema.expression.ExpressionSyntaxException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.message.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Workflows in few words; without retries unless a scenario says so. */
final class Defined {
  static final String WORKFLOW = "leads";
  static final String VERSION = "1.0.0";

  /** What a foreach may call its item, besides "item". */
  private static final List<String> NAMES_OF_ITEMS = List.of("lead", "group");

  private Defined() {}

  static Workflow workflow(Step... steps) {
    return new Workflow(
        WORKFLOW,
        VERSION,
        "",
        List.of(),
        Optional.empty(),
        List.of(steps),
        OnFailure.SUSPEND,
        Optional.empty());
  }

  static Workflow inVersion(String version, Workflow w) {
    return altered(w, parts -> parts.version = version);
  }

  static Workflow failing(Workflow w) {
    return w.onFailure(OnFailure.FAIL);
  }

  static Workflow due(Workflow w, Duration deadline) {
    return altered(w, parts -> parts.deadline = Optional.of(deadline));
  }

  /** What has completed is undone when nothing catches a failure. */
  static Workflow compensating(Workflow w) {
    return w.onFailure(OnFailure.COMPENSATE);
  }

  static Workflow inParallel(Workflow w) {
    return altered(w, parts -> parts.compensation = CompensationOrder.PARALLEL);
  }

  static Workflow caught(Workflow w, Catch... catches) {
    return handled(w, new Handlers(List.of(catches), w.handlers().lastly()));
  }

  static Workflow lastly(Workflow w, Step... steps) {
    return handled(w, new Handlers(w.handlers().catches(), List.of(steps)));
  }

  private static Workflow handled(Workflow w, Handlers handlers) {
    return altered(w, parts -> parts.handlers = handlers);
  }

  static Workflow withOutput(Workflow w, Object template) {
    return altered(w, parts -> parts.output = Optional.of(template(template)));
  }

  /** Asks an API; its request reads nothing. */
  static Step enrich(String id) {
    return enrich(id, "nothing");
  }

  static Step enrich(String id, Object body) {
    return step(id, call(body));
  }

  static Step tell(String id, String text) {
    return step(id, new Action.NotifyChannel("sales", template(text)));
  }

  static Step route(String id, Action.Branch... branches) {
    return step(id, new Action.Route(List.of(branches)));
  }

  static Action.Branch branch(String name, String when, Step... steps) {
    return new Action.Branch(name, Optional.of(expression(when)), List.of(steps));
  }

  static Action.Branch otherwise(Step... steps) {
    return new Action.Branch("otherwise", Optional.empty(), List.of(steps));
  }

  /** Waits for all. */
  static Step parallel(String id, Action.ParallelBranch... branches) {
    return parallel(id, branches.length, Action.Losers.CANCEL, branches);
  }

  static Step parallel(
      String id, int needed, Action.Losers losers, Action.ParallelBranch... branches) {
    return step(id, new Action.Parallel(List.of(branches), needed, losers));
  }

  static Action.ParallelBranch lane(String name, Step... steps) {
    return new Action.ParallelBranch(name, List.of(steps));
  }

  /** Sees one at a time under the name "item"; the first that fails ends it. */
  static Step foreach(String id, String items, int concurrency, Step... steps) {
    return step(
        id,
        new Action.Foreach(
            expression(items),
            "item",
            concurrency,
            Optional.empty(),
            Optional.empty(),
            List.of(steps)));
  }

  static Step tolerating(Step foreach, double share) {
    Action.Foreach f = (Action.Foreach) foreach.action();
    return step(
        foreach.id(),
        new Action.Foreach(
            f.items(), f.as(), f.concurrency(), f.chunk(), Optional.of(share), f.steps()));
  }

  /** Several items a round. */
  static Step inChunksOf(int chunk, Step foreach) {
    Action.Foreach f = (Action.Foreach) foreach.action();
    return step(
        foreach.id(),
        new Action.Foreach(
            f.items(), f.as(), f.concurrency(), Optional.of(chunk), f.tolerate(), f.steps()));
  }

  static Step calling(String as, Step foreach) {
    Action.Foreach f = (Action.Foreach) foreach.action();
    return step(
        foreach.id(),
        new Action.Foreach(f.items(), as, f.concurrency(), f.chunk(), f.tolerate(), f.steps()));
  }

  /** Time passes. */
  static Step waiting(String id, String time) {
    return step(id, new Action.Wait(template(time)));
  }

  private static Step step(String id, Action action) {
    return new Step(id, action, Retry.NONE, Optional.empty(), List.of());
  }

  static Action.Work call(Object body) {
    return new Action.Enrich(
        "api",
        new Action.HttpRequest(
            "POST",
            template("/x"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(template(body))));
  }

  static Step retried(Step step, Retry retry) {
    return altered(step, parts -> parts.retry = retry);
  }

  static Step retriedAfter(Step step, Duration... delays) {
    return retried(step, Retry.of(new Retry.Delays(List.of(delays), 0)));
  }

  static Step limitedTo(Step step, Duration timeout) {
    return altered(step, parts -> parts.timeout = Optional.of(timeout));
  }

  static Step caught(Step step, Catch... catches) {
    return altered(
        step,
        parts ->
            parts.catches = Stream.concat(step.catches().stream(), Stream.of(catches)).toList());
  }

  /** By a call without retries. */
  static Step undone(Step step) {
    return undone(step, call("nothing"), Retry.NONE);
  }

  static Step undone(Step step, Action.Work by, Retry retry) {
    return altered(
        step,
        parts -> parts.compensation = Optional.of(new Compensation(by, retry, Optional.empty())));
  }

  static Catch toOutput(Object output, ErrorType... errors) {
    return new Catch(Set.of(errors), new Catch.FallbackOutput(template(output)));
  }

  static Catch toAction(Action.Work action, ErrorType... errors) {
    return new Catch(
        Set.of(errors), new Catch.FallbackAction(action, Retry.NONE, Optional.empty()));
  }

  static Catch toSteps(Step... steps) {
    return new Catch(Set.of(), new Catch.FallbackSteps(List.of(steps), Optional.empty()));
  }

  /** Leaves this instead of what its last step gives. */
  static Catch leaving(Object output, Catch steps) {
    Catch.FallbackSteps fallback = (Catch.FallbackSteps) steps.handling();
    return new Catch(
        steps.errors(), new Catch.FallbackSteps(fallback.steps(), Optional.of(template(output))));
  }

  static Catch takingOnly(Catch handler, ErrorType... errors) {
    return new Catch(Set.of(errors), handler.handling());
  }

  static Template template(Object source) {
    try {
      return Template.compile(source, NAMES_OF_ITEMS);
    } catch (ExpressionSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Expression expression(String source) {
    try {
      return Expression.compile(source, NAMES_OF_ITEMS);
    } catch (ExpressionSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
