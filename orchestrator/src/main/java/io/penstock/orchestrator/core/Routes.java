package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Routes: which branch is taken, and what the step leaves when it ends. */
final class Routes {
  private static final int NO_BRANCH = -1;

  private final Decision decision;
  private final Progress progress;

  Routes(Decision decision, Progress progress) {
    this.decision = decision;
    this.progress = progress;
  }

  /** A route's worker has chosen. */
  void chosen(StepOutcome outcome, Action.Route route, Json output) {
    CommandId command = outcome.command();
    if (!(output.at("branch") instanceof Long index)
        || index < NO_BRANCH
        || index >= route.branches().size()) {
      progress
          .attempts()
          .refused(
              outcome,
              StepError.of(ErrorType.INTERNAL, "the worker named no branch of this route"));
      return;
    }
    if (index == NO_BRANCH) {
      progress.complete(command.path(), left(NO_BRANCH, null, true), Optional.empty());
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
      progress.complete(command.path(), left(branch, taken.name(), true), Optional.empty());
    } else {
      progress.enter(command.path().slot(Integer.toString(branch)));
    }
  }

  /** The last step of the branch is done. */
  void closed(StepPath owner, Action.Route route, ScopePath scope, StepPath last) {
    int branch = Integer.parseInt(scope.slot());
    String name = route.branches().get(branch).name();
    progress.complete(owner, left(branch, name, false), Optional.of(last));
  }

  /**
   * @param withoutOutput no step ran in the branch, so its output is null and not another's
   */
  private static Json left(int branch, String name, boolean withoutOutput) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("branch", (long) branch);
    output.put("name", name);
    if (withoutOutput) {
      output.put("output", null);
    }
    return Json.of(output);
  }
}
