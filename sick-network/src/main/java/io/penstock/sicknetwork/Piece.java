package io.penstock.sicknetwork;

/**
 * Bytes on their way.
 *
 * @param bytes null for the end of the stream
 * @param receivedAt by {@link System#nanoTime()}
 * @param chance which part of the jitter it gets
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one thread to the next, never compared
record Piece(byte[] bytes, long receivedAt, double chance) {
  static Piece of(byte[] bytes) {
    return new Piece(bytes, System.nanoTime(), Way.chance());
  }

  static Piece end() {
    return new Piece(null, System.nanoTime(), 0);
  }

  boolean isEnd() {
    return bytes == null;
  }
}
