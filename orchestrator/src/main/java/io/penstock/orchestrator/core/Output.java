package io.penstock.orchestrator.core;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * What a finished step left; immutable.
 *
 * @param own with {@code of} present: what stands beside the other's output, or null
 * @param of the step whose output this one takes over, so that it is stored once
 * @param gathered the steps whose outputs make up this one; likewise
 * @param before of a step with a compensation: the one that completed before it, see {@link
 *     CompensationList}
 */
public record Output(
    Json own, Optional<StepPath> of, Optional<Gathered> gathered, Optional<StepPath> before) {

  /** Of a step that nothing undoes, or with nothing to undo before it. */
  public Output(Json own, Optional<StepPath> of, Optional<Gathered> gathered) {
    this(own, of, gathered, Optional.empty());
  }

  Output after(Optional<StepPath> step) {
    return new Output(own, of, gathered, step);
  }
}
