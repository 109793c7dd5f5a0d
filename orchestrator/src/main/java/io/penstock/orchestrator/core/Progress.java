package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way through the tree of steps: into a scope, from one step to the next, out of it, to the
 * end. What becomes of single tries is in {@link Attempts}, what of failures in {@link Failures}.
 */
final class Progress {
  private static final int NO_ATTEMPT = 0;
  private static final int NO_BRANCH = -1;

  private final Decision decision;
  private final Workflow workflow;
  private final Attempts attempts;
  private final Failures failures;

  Progress(Decision decision, Workflow workflow) {
    this.decision = decision;
    this.workflow = workflow;
    this.failures = new Failures(decision, workflow, this);
    this.attempts = new Attempts(decision, workflow, this, failures);
  }

  Attempts attempts() {
    return attempts;
  }

  /** Begins with the first step of a scope. */
  void enter(ScopePath scope) {
    attempts.request(scope.step(workflow.stepsIn(scope).getFirst().id()), Try.FIRST);
  }

  /** A route's worker has chosen. */
  void routed(StepOutcome outcome, Action.Route route, Json output) {
    CommandId command = outcome.command();
    if (!(output.at("branch") instanceof Long index)
        || index < NO_BRANCH
        || index >= route.branches().size()) {
      attempts.refused(
          outcome, StepError.of(ErrorType.INTERNAL, "the worker named no branch of this route"));
      return;
    }
    if (index == NO_BRANCH) {
      complete(command.path(), chosen(NO_BRANCH, null, true), Optional.empty());
      return;
    }
    int branch = index.intValue();
    Action.Branch taken = route.branches().get(branch);
    decision.add(
        new Fact.BranchTaken(
            command.path(),
            command.attempt(),
            branch,
            taken.name(),
            outcome.startedAt(),
            outcome.endedAt()));
    if (taken.steps().isEmpty()) {
      complete(command.path(), chosen(branch, taken.name(), true), Optional.empty());
    } else {
      enter(command.path().slot(Integer.toString(branch)));
    }
  }

  /** A step has its output. */
  void complete(Fact.StepCompleted completed) {
    decision.add(completed);
    StepPath path = completed.path();
    ScopePath scope = path.scope();
    List<Step> steps = workflow.stepsIn(scope);
    int next = indexOf(path, steps) + 1;
    if (next < steps.size()) {
      attempts.request(scope.step(steps.get(next).id()), Try.FIRST);
    } else if (scope.owner().isPresent()) {
      closed(scope.owner().get(), scope, path);
    } else {
      finish();
    }
  }

  /** A step has an output that no attempt of its own made. */
  void complete(StepPath path, Json output, Optional<StepPath> outputOf) {
    complete(
        new Fact.StepCompleted(
            path,
            NO_ATTEMPT,
            output,
            outputOf,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /** The last step inside another one is done, and so is the other one. */
  private void closed(StepPath owner, ScopePath scope, StepPath last) {
    if (step(owner).action() instanceof Action.Route route && !Workflow.isCatchSlot(scope.slot())) {
      int branch = Integer.parseInt(scope.slot());
      String name = route.branches().get(branch).name();
      complete(owner, chosen(branch, name, false), Optional.of(last));
    } else {
      complete(owner, Json.NULL, Optional.of(last));
    }
  }

  /**
   * @param withoutOutput no step ran in the branch, so its output is null and not another's
   */
  private static Json chosen(int branch, String name, boolean withoutOutput) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("branch", (long) branch);
    output.put("name", name);
    if (withoutOutput) {
      output.put("output", null);
    }
    return Json.of(output);
  }

  private void finish() {
    Json output;
    try {
      output =
          workflow.output().isPresent()
              ? render(workflow.output().get(), ScopePath.ROOT, Optional.empty())
              : Json.NULL;
    } catch (ExpressionException e) {
      failedAtTheEnd(ErrorType.EXPRESSION, "output of the workflow: " + e.getMessage());
      return;
    }
    if (output.sizeBytes() > Limits.OUTPUT_BYTES) {
      failedAtTheEnd(
          ErrorType.TOO_LARGE,
          "the workflow's output has %d bytes, the limit is %d"
              .formatted(output.sizeBytes(), Limits.OUTPUT_BYTES));
      return;
    }
    Ending.forGood(decision, new Fact.ExecutionCompleted(output));
  }

  private void failedAtTheEnd(ErrorType type, String message) {
    Ending.butRestartable(
        decision, new Fact.ExecutionFailed(Optional.empty(), StepError.of(type, message)));
  }

  Json render(Template template, ScopePath scope, Optional<StepError> error)
      throws ExpressionException {
    Context context = new Context(decision.state(), workflow);
    return Json.of(template.render(context.slice(scope, template.references(), error)));
  }

  Step step(StepPath path) {
    return workflow
        .step(path)
        .orElseThrow(() -> new IllegalStateException("no step " + path + " in " + workflow.key()));
  }

  private static int indexOf(StepPath path, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).id().equals(path.stepId())) {
        return i;
      }
    }
    throw new IllegalStateException("no step " + path + " in its scope");
  }
}
