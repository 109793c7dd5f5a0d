package io.penstock.worker.limit;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** Moves only when it is told to. Whoever parks is not held up; how long it would be is noted. */
public final class VirtualTime implements TimeMeter, BlockingStrategy {
  // Not zero: a nanosecond clock may begin anywhere.
  private long now = -5_000_000_000L;
  private long parked;

  public void advance(Duration time) {
    now += time.toNanos();
  }

  void moveTo(long nanos) {
    now = nanos;
  }

  /** Nanoseconds that were parked since the last time this was asked. */
  long takeParked() {
    long taken = parked;
    parked = 0;
    return taken;
  }

  /** Of which no call waits for a place. */
  public LocalGuards guards() {
    return guards(Duration.ZERO);
  }

  /**
   * @param placePatience in true time
   */
  LocalGuards guards(Duration placePatience) {
    return new LocalGuards(this, this, placePatience, GuardObserver.BLIND);
  }

  @Override
  public long currentTimeNanos() {
    return now;
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }

  @Override
  public void park(long nanos) {
    parked += nanos;
  }
}
