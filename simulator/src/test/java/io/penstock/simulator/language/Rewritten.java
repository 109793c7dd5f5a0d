package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Handlers;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import java.util.List;
import java.util.function.UnaryOperator;

/** A workflow with each step replaced, also those inside others. */
final class Rewritten {
  private final UnaryOperator<Step> change;

  private Rewritten(UnaryOperator<Step> change) {
    this.change = change;
  }

  static Workflow of(Workflow workflow, UnaryOperator<Step> change) {
    Rewritten rewritten = new Rewritten(change);
    return with(
        workflow,
        rewritten.steps(workflow.steps()),
        new Handlers(
            rewritten.catches(workflow.handlers().catches()),
            rewritten.steps(workflow.handlers().lastly())));
  }

  static Workflow with(Workflow of, List<Step> steps, Handlers handlers) {
    return new Workflow(
        of.name(),
        of.version(),
        of.description(),
        of.on(),
        of.inputSchema(),
        steps,
        of.onFailure(),
        of.deadline(),
        of.output(),
        of.compensation(),
        handlers);
  }

  static Step withCatches(Step step, List<Catch> catches) {
    return new Step(
        step.id(), step.action(), step.retry(), step.timeout(), catches, step.compensation());
  }

  static Step withAction(Step step, Action action) {
    return new Step(
        step.id(), action, step.retry(), step.timeout(), step.catches(), step.compensation());
  }

  private List<Step> steps(List<Step> steps) {
    return steps.stream()
        .map(step -> withCatches(withAction(step, action(step.action())), catches(step.catches())))
        .map(change)
        .toList();
  }

  private List<Catch> catches(List<Catch> catches) {
    return catches.stream()
        .map(
            one ->
                one.handling() instanceof Catch.FallbackSteps inside
                    ? new Catch(
                        one.errors(),
                        new Catch.FallbackSteps(steps(inside.steps()), inside.output()))
                    : one)
        .toList();
  }

  private Action action(Action action) {
    return switch (action) {
      case Action.Route route ->
          new Action.Route(
              route.branches().stream()
                  .map(one -> new Action.Branch(one.name(), one.when(), steps(one.steps())))
                  .toList());
      case Action.Parallel parallel ->
          new Action.Parallel(
              parallel.branches().stream()
                  .map(one -> new Action.ParallelBranch(one.name(), steps(one.steps())))
                  .toList(),
              parallel.needed(),
              parallel.losers());
      case Action.Foreach foreach ->
          new Action.Foreach(
              foreach.items(),
              foreach.as(),
              foreach.concurrency(),
              foreach.chunk(),
              foreach.tolerate(),
              steps(foreach.steps()));
      case Action.Enrich ignored -> action;
      case Action.Llm ignored -> action;
      case Action.NotifyApi ignored -> action;
      case Action.NotifyChannel ignored -> action;
      case Action.Wait ignored -> action;
    };
  }
}
