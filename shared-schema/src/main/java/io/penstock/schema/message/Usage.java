package io.penstock.schema.message;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a model call consumed; counted for failed attempts too, since they are billed.
 *
 * @param costMicroUsd millionths of a US dollar; empty when the model has no price (unknown is not
 *     zero)
 */
public record Usage(
    String model, long inputTokens, long outputTokens, Optional<Long> costMicroUsd) {
  public Usage {
    requireNonNull(model, "model");
  }
}
