package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A worker with the outside behind it: evaluates the expressions of a step as a real one does, asks
 * the script instead of an API, and leaves the fingerprint of what it sent in the output. Answers
 * the same to the same command, however often it comes.
 */
public final class ScriptedWorker {
  static final String SENT = "sent";
  static final String BRANCH = "branch";

  private final Script script;

  public ScriptedWorker(Script script) {
    this.script = script;
  }

  /**
   * What comes of a command.
   *
   * @param workflow in the version that the command names
   */
  public Answer answer(Workflow workflow, StepRequested command) {
    StepPath path = command.id().path();
    Action.Work work =
        (Action.Work) workflow.step(path).orElseThrow(() -> unknown(workflow, path)).action();
    Map<String, Object> variables = new LinkedHashMap<>();
    ((Map<?, ?>) command.context().value())
        .forEach((name, value) -> variables.put((String) name, value));
    return answer(work, variables, path, command.id().generation(), command.id().attempt());
  }

  /** As for a command with these variables. */
  Answer answer(
      Action.Work work, Map<String, ?> variables, StepPath path, int generation, int attempt) {
    Json own;
    try {
      own =
          Json.of(
              work instanceof Action.Route route
                  ? choice(route, variables)
                  : sent(work, variables));
    } catch (ExpressionException e) {
      return new Answer.Fails(
          StepError.of(ErrorType.EXPRESSION, "an expression of the step fails"), Optional.empty());
    }
    Answer answer = script.answer(path, generation, attempt);
    if (!(answer instanceof Answer.Succeeds succeeds)) {
      return answer;
    }
    return work instanceof Action.Route
        ? new Answer.Succeeds(Json.of(Map.of(BRANCH, own.value())))
        : new Answer.Succeeds(with(succeeds.output(), (String) own.value()));
  }

  private static Object sent(Action.Work work, Map<String, ?> variables)
      throws ExpressionException {
    return Sent.fingerprint(Sent.of(work, variables));
  }

  /** Index of the first branch whose condition holds; -1 for none. */
  private static Object choice(Action.Route route, Map<String, ?> variables)
      throws ExpressionException {
    List<Action.Branch> branches = route.branches();
    for (int index = 0; index < branches.size(); index++) {
      if (branches.get(index).when().isEmpty()
          || branches.get(index).when().get().test(variables)) {
        return (long) index;
      }
    }
    return -1L;
  }

  static Json with(Json output, String sent) {
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) output.value()).forEach((name, value) -> members.put((String) name, value));
    members.put(SENT, sent);
    return Json.of(members);
  }

  private static IllegalArgumentException unknown(Workflow workflow, StepPath path) {
    return new IllegalArgumentException("no step " + path + " in " + workflow.key());
  }
}
