package io.penstock.simulator.language;

import io.penstock.schema.definition.Workflow;

/**
 * A workflow, and how the outside answers it.
 *
 * @param yaml as somebody would have written it
 * @param workflow the same, read
 */
public record GeneratedWorkflow(String yaml, Workflow workflow, Script script) {

  /** The same workflow in another world. */
  public GeneratedWorkflow with(Script other) {
    return new GeneratedWorkflow(yaml, workflow, other);
  }
}
