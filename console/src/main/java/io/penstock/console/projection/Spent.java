package io.penstock.console.projection;

import io.penstock.schema.message.Usage;

/**
 * What model calls have consumed together.
 *
 * @param costMicroUsd millionths of a US dollar; null while no call had a price, which is not zero
 */
record Spent(long inputTokens, long outputTokens, Long costMicroUsd) {
  static final Spent NOTHING = new Spent(0, 0, null);

  Spent plus(Usage usage) {
    return new Spent(
        inputTokens + usage.inputTokens(),
        outputTokens + usage.outputTokens(),
        usage
            .costMicroUsd()
            .map(cost -> costMicroUsd == null ? cost : Long.valueOf(costMicroUsd + cost))
            .orElse(costMicroUsd));
  }
}
