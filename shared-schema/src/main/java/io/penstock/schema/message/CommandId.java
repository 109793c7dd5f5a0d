package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Identity of a command, echoed by its outcome.
 *
 * @param generation rises when an operator changes what the step will do; 1 at first
 * @param attempt counts tries; 1 at first
 * @param delivery counts handings of the same attempt (after a deferral or a lost worker); 1 at
 *     first
 */
public record CommandId(
    ExecutionId execution, StepPath path, int generation, int attempt, int delivery) {
  public CommandId {
    requireNonNull(execution, "execution");
    requireNonNull(path, "path");
    if (generation < 1 || attempt < 1 || delivery < 1) {
      throw new IllegalArgumentException("generation, attempt and delivery count from 1");
    }
  }

  /**
   * The same for all attempts and deliveries of one step, so that the other side can recognise a
   * repetition; different once an operator changed the request.
   */
  @JsonIgnore
  public String idempotencyKey() {
    return Hash.of("step", execution.value(), path.value(), Integer.toString(generation));
  }

  @Override
  public String toString() {
    return execution + "/" + path + "#" + generation + "." + attempt + "." + delivery;
  }
}
