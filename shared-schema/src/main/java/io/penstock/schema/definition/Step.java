package io.penstock.schema.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One step of a workflow.
 *
 * @param id unique in the workflow, {@code [a-z][a-z0-9-]*}
 * @param timeout of one attempt; absent: the Api's, Channel's or Model's own
 * @param catches tried in order once no attempt is left; the first that matches takes the error
 * @param compensation what undoes it; only of what calls the outside
 */
public record Step(
    String id,
    Action action,
    Retry retry,
    Optional<Duration> timeout,
    List<Catch> catches,
    Optional<Compensation> compensation) {
  public Step {
    catches = List.copyOf(catches);
  }

  /** Of a step that nothing undoes. */
  public Step(
      String id, Action action, Retry retry, Optional<Duration> timeout, List<Catch> catches) {
    this(id, action, retry, timeout, catches, Optional.empty());
  }
}
