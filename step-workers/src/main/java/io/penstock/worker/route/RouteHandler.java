package io.penstock.worker.route;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepKind;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import io.penstock.worker.runtime.StepHandler;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Finds the first branch whose condition holds: {@code {"branch": index}}, -1 for none. */
@ApplicationScoped
public class RouteHandler implements StepHandler {
  private static final int NONE = -1;

  @Override
  public StepKind kind() {
    return StepKind.ROUTE;
  }

  @Override
  public AttemptResult attempt(Attempt attempt) {
    List<Action.Branch> branches = ((Action.Route) attempt.action()).branches();
    Map<String, Object> variables = attempt.variables();
    for (int index = 0; index < branches.size(); index++) {
      Action.Branch branch = branches.get(index);
      try {
        if (branch.when().isEmpty() || branch.when().get().test(variables)) {
          return chosen(index);
        }
      } catch (ExpressionException e) {
        return AttemptResult.failed(
            ErrorType.EXPRESSION,
            "branch '%s', when '%s': %s"
                .formatted(branch.name(), branch.when().orElseThrow(), e.getMessage()));
      }
    }
    return chosen(NONE);
  }

  private static AttemptResult chosen(int index) {
    return AttemptResult.succeeded(Json.of(Map.of("branch", index)));
  }
}
