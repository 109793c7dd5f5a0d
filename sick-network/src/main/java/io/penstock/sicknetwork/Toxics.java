package io.penstock.sicknetwork;

import java.time.Duration;

/**
 * What one direction of all connections suffers from. Bytes are never reordered, changed or lost by
 * these; see {@link SickProxy} for what kills connections.
 *
 * @param latency how much later each piece arrives; throughput does not suffer from it
 * @param jitter up to so much is added to the latency, by chance
 * @param sliceBytes a piece has at most so many bytes and is sent by itself
 * @param bytesPerSecond of each connection
 * @param held bytes wait in the proxy until this ends; when its buffer is full the sender feels it.
 *     No end of a stream passes either
 * @param cutAfterBytes after so many bytes of a connection, counted from when it was opened, both
 *     its sides are reset
 */
public record Toxics(
    Duration latency,
    Duration jitter,
    int sliceBytes,
    long bytesPerSecond,
    boolean held,
    long cutAfterBytes) {
  /** A healthy network. */
  public static final Toxics NONE =
      new Toxics(
          Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE, Long.MAX_VALUE, false, Long.MAX_VALUE);

  public Toxics {
    if (latency.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("latency and jitter are at least zero");
    }
    if (sliceBytes < 1 || bytesPerSecond < 1 || cutAfterBytes < 0) {
      throw new IllegalArgumentException(
          "slices and bandwidth are at least one byte, a cut is after no fewer than none");
    }
  }

  public Toxics withLatency(Duration latency, Duration jitter) {
    return new Toxics(latency, jitter, sliceBytes, bytesPerSecond, held, cutAfterBytes);
  }

  public Toxics withSlicesOf(int bytes) {
    return new Toxics(latency, jitter, bytes, bytesPerSecond, held, cutAfterBytes);
  }

  public Toxics withBandwidth(long bytesPerSecond) {
    return new Toxics(latency, jitter, sliceBytes, bytesPerSecond, held, cutAfterBytes);
  }

  public Toxics withAllHeldBack() {
    return new Toxics(latency, jitter, sliceBytes, bytesPerSecond, true, cutAfterBytes);
  }

  public Toxics withCutAfter(long bytes) {
    return new Toxics(latency, jitter, sliceBytes, bytesPerSecond, held, bytes);
  }
}
