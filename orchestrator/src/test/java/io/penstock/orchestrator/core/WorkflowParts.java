package io.penstock.orchestrator.core;

import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.Handlers;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Template;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A workflow taken apart, to be put together again with something changed. */
final class WorkflowParts {
  String version;
  Optional<Duration> deadline;
  Optional<Template> output;
  CompensationOrder compensation;
  Handlers handlers;

  private WorkflowParts(Workflow of) {
    version = of.version();
    deadline = of.deadline();
    output = of.output();
    compensation = of.compensation();
    handlers = of.handlers();
  }

  /** Another one, which differs from the given in what the change sets. */
  static Workflow altered(Workflow w, Consumer<WorkflowParts> change) {
    WorkflowParts parts = new WorkflowParts(w);
    change.accept(parts);
    return new Workflow(
        w.name(),
        parts.version,
        w.description(),
        w.on(),
        w.inputSchema(),
        w.steps(),
        w.onFailure(),
        parts.deadline,
        parts.output,
        parts.compensation,
        parts.handlers);
  }
}
