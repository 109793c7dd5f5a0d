package io.penstock.schema.definition;

import java.util.List;

/**
 * What a workflow does about failures that no step has caught, and at its end. Both run in slots of
 * {@link Workflow#WHOLE}.
 *
 * @param catches tried in order; the output of the first that takes the error is the execution's
 * @param lastly done once, when the execution has completed or is to fail; may be empty
 */
public record Handlers(List<Catch> catches, List<Step> lastly) {
  public static final Handlers NONE = new Handlers(List.of(), List.of());

  public Handlers {
    catches = List.copyOf(catches);
    lastly = List.copyOf(lastly);
  }
}
