package io.penstock.worker.limit;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The guards of one process, in its memory: as many as there are definitions. */
public final class LocalGuards implements CallGuards {
  /** Worth more than a deferral, and short enough for a command to keep its place meanwhile. */
  private static final Duration PLACE_PATIENCE = Duration.ofSeconds(1);

  private final Map<String, Guard> guards = new ConcurrentHashMap<>();
  private final TimeMeter time;
  private final BlockingStrategy parking;
  private final Duration placePatience;
  private final GuardObserver observer;

  /** Tickets of an earlier life of this process are not known. */
  private final String issuer = UUID.randomUUID().toString();

  public LocalGuards(GuardObserver observer) {
    this(TimeMeter.SYSTEM_NANOTIME, BlockingStrategy.PARKING, PLACE_PATIENCE, observer);
  }

  LocalGuards(
      TimeMeter time, BlockingStrategy parking, Duration placePatience, GuardObserver observer) {
    this.time = time;
    this.parking = parking;
    this.placePatience = placePatience;
    this.observer = observer;
  }

  @Override
  public CallGuard guard(String name, CallLimits limits) {
    Guard guard =
        guards.computeIfAbsent(
            name,
            unknown ->
                new Guard(
                    unknown,
                    limits,
                    time,
                    new LocalCounts(time, parking, placePatience, issuer),
                    Probes.ALONE,
                    observer));
    guard.change(limits);
    return guard;
  }
}
