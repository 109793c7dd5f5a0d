package io.penstock.orchestrator.core;

import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.Optional;

/**
 * What a catch, or {@code finally}, handles.
 *
 * @param step that failed: the one whose catch it is, or one inside it; empty where nobody noted
 *     it, or no step failed but the output of the whole
 * @param attempt the last of that step; 0 where there was none
 */
public record Caught(StepError error, Optional<StepPath> step, int attempt) {
  Caught with(StepError other) {
    return new Caught(other, step, attempt);
  }
}
