package io.penstock.worker.call;

import io.vertx.core.buffer.Buffer;

/** Collects an answer's body up to a limit. */
final class LimitedBody {
  private final int maxBytes;
  private final Buffer collected = Buffer.buffer();

  LimitedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * @return false if the body is over the limit with it; what is too much is not kept
   */
  boolean add(Buffer part) {
    if (collected.length() + part.length() > maxBytes) {
      return false;
    }
    collected.appendBuffer(part);
    return true;
  }

  byte[] bytes() {
    return collected.getBytes();
  }

  /** The body is over the limit. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
