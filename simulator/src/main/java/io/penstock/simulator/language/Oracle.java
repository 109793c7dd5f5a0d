package io.penstock.simulator.language;

import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.ScopePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what must come of an execution, by interpreting the language step after step. It knows no
 * state, no messages and no time, and shares nothing with the orchestrator.
 *
 * <p>A dead letter is taken to be replayed, as it is, until it works; so is a compensation that
 * failed.
 */
public final class Oracle {
  private final Workflow workflow;
  private final Interpreter interpreter;
  private final Trace trace = Trace.begun();
  private final List<Expectation.End> ends = new ArrayList<>();

  private Oracle(GeneratedWorkflow generated) {
    this.workflow = generated.workflow();
    this.interpreter = new Interpreter(workflow, generated.script());
  }

  /**
   * What an execution must show, whatever the order in which things happen to it.
   *
   * @param input the event's data
   */
  public static Expectation expect(GeneratedWorkflow generated, ExecutionId id, Json input) {
    return new Oracle(generated).expect(id, input);
  }

  private Expectation expect(ExecutionId id, Json input) {
    Map<String, Object> execution = new LinkedHashMap<>();
    execution.put("id", id.value());
    execution.put("workflow", workflow.name());
    execution.put("version", workflow.version());
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("input", input.value());
    variables.put("execution", execution);
    variables.put("error", null);
    Interpreter.Walk walk =
        interpreter.walk(
            workflow.steps(),
            ScopePath.ROOT,
            new Sight(variables, Map.of()),
            here ->
                interpreter.handling().around(workflow.handlers().catches(), here, Around.NOBODY),
            trace);
    boolean sure = walk.outcome().isSure();
    Sight end = sure ? walk.end() : walk.end().blurred();
    Trace behind = trace.perhapsUnless(sure);
    if (walk.outcome().completes()) {
      completes(end, behind);
    }
    if (!walk.outcome().leaving().isEmpty()) {
      isCaught(walk.outcome().leaving(), end, behind);
    }
    if (!walk.outcome().fatal().isEmpty()) {
      fails(walk.outcome().fatal(), end, behind);
    }
    return new Expectation(
        workflow,
        trace.steps(),
        new WayBack(workflow, interpreter.calls()).of(trace.undoable()),
        trace.unknown(),
        ends,
        trace.isUndecided());
  }

  private void completes(Sight end, Trace behind) {
    Object output;
    try {
      output = workflow.output().isPresent() ? end.output(workflow.output().get()) : null;
    } catch (ExpressionException e) {
      fails(List.of(Handling.ofTheWhole()), end, behind);
      return;
    }
    lastly(Optional.empty(), Expectation.End.completed(output), end, behind);
  }

  /** By the workflow's own catch. */
  private void isCaught(List<Failure> failures, Sight end, Trace behind) {
    failures.forEach(
        failure ->
            failure
                .step()
                .ifPresent(step -> behind.perhapsUnless(failures.size() == 1).died(step)));
    Outcome outcome =
        interpreter
            .handling()
            .fromInside(
                workflow.handlers().catches(),
                Optional.empty(),
                Workflow.WHOLE,
                end,
                Around.NOBODY,
                behind,
                failures);
    Trace further = behind.perhapsUnless(outcome.isSure());
    if (outcome.completes()) {
      lastly(Optional.empty(), Expectation.End.completed(outcome.output()), end, further);
    }
    if (!outcome.fatal().isEmpty()) {
      fails(outcome.fatal(), end, further);
    }
  }

  /** One of these has ended it. */
  private void fails(List<Failure> failures, Sight end, Trace behind) {
    trace.dropped();
    if (workflow.onFailure() == OnFailure.COMPENSATE) {
      ends.add(Expectation.End.compensated());
    } else {
      lastly(Optional.of(failures), Expectation.End.failed(failures), end, behind);
    }
  }

  private void lastly(
      Optional<List<Failure>> failures, Expectation.End planned, Sight end, Trace behind) {
    Sight sight = failures.isPresent() ? end.handling(Failure.seen(failures.get())) : end;
    Outcome outcome =
        interpreter.steps(
            workflow.handlers().lastly(),
            Workflow.WHOLE.slot(Workflow.FINALLY_SLOT),
            sight,
            Around.NOBODY,
            behind);
    if (outcome.completes()) {
      ends.add(planned);
    }
    if (outcome.fatal().isEmpty()) {
      return;
    }
    trace.dropped();
    if (workflow.onFailure() == OnFailure.COMPENSATE) {
      ends.add(Expectation.End.compensated());
    } else {
      boolean fails = planned.status() == ExecutionStatus.FAILED;
      ends.add(fails ? planned : Expectation.End.failed(outcome.fatal()));
    }
  }
}
