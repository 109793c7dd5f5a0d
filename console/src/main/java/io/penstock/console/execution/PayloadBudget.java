package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.util.Optional;

/**
 * How many bytes of payloads one answer may hold, so that it stays small whatever an execution has
 * carried. What no longer fits is left out and said so; asked for alone it fits.
 */
final class PayloadBudget {
  /** Above what one step can have: an output, and inputs that fit into a command. */
  static final int DEFAULT_BYTES = 4 << 20;

  private long bytesLeft;

  PayloadBudget(long bytes) {
    this.bytesLeft = bytes;
  }

  /** The payload, or nothing when it no longer fits. */
  Optional<Json> take(Optional<Json> payload) {
    return payload.filter(this::fits);
  }

  private boolean fits(Json payload) {
    if (payload.sizeBytes() > bytesLeft) {
      return false;
    }
    bytesLeft -= payload.sizeBytes();
    return true;
  }
}
