package io.penstock.worker.limit;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.penstock.schema.definition.CallLimits;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guards of one of several processes, which count together in PostgreSQL. Circuits are each
 * process's own: one whose own network is broken must not close the way for all. Those whose
 * circuits are open take turns to probe.
 */
public final class SharedGuards implements CallGuards, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedGuards.class);
  private static final Duration PLACE_PATIENCE = Duration.ofSeconds(1);

  private final Map<String, One> guards = new ConcurrentHashMap<>();
  private final String process = UUID.randomUUID().toString();
  private final TimeMeter time;
  private final BlockingStrategy parking;
  private final Duration placePatience;
  private final LimitStore store;
  private final StoreContact contact;
  private final GuardObserver observer;
  private final ScheduledExecutorService teller =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("penstock-limits").factory());

  private record One(Guard guard, SharedQuestions questions) {}

  /** Begins at once; connections are made when the first call asks. */
  public static SharedGuards on(DataSource database, GuardObserver observer) {
    SharedGuards guards =
        new SharedGuards(
            TimeMeter.SYSTEM_NANOTIME,
            BlockingStrategy.PARKING,
            PLACE_PATIENCE,
            new PostgresLimits(database),
            observer);
    // Its failures are caught and logged.
    var ignored = guards.teller.scheduleWithFixedDelay(guards::tell, 1, 1, TimeUnit.SECONDS);
    return guards;
  }

  /** Tells nothing by itself, see {@link #tell}. */
  SharedGuards(
      TimeMeter time,
      BlockingStrategy parking,
      Duration placePatience,
      LimitStore store,
      GuardObserver observer) {
    this.time = time;
    this.parking = parking;
    this.placePatience = placePatience;
    this.store = store;
    this.contact = new StoreContact(time);
    this.observer = observer;
  }

  @Override
  public CallGuard guard(String name, CallLimits limits) {
    Guard guard = guards.computeIfAbsent(name, unknown -> build(unknown, limits)).guard();
    guard.change(limits);
    return guard;
  }

  private One build(String name, CallLimits limits) {
    SharedQuestions questions = new SharedQuestions(name, process, time, store, contact);
    SharedCounts counts = new SharedCounts(time, parking, placePatience, questions);
    SharedProbes probes = new SharedProbes(name, store, contact);
    return new One(new Guard(name, limits, time, counts, probes, observer), questions);
  }

  /** Keeps this process's places, and tells what the store has not heard because it was away. */
  void tell() {
    boolean wasAway = contact.isAway();
    for (One one : guards.values()) {
      try {
        one.questions().tell();
      } catch (RuntimeException e) {
        // Else the schedule would end here, and places would be lost a minute later.
        LOG.atError().setCause(e).log("a bug while telling of calls on their way");
      }
    }
    if (wasAway && !contact.isAway()) {
      LOG.atInfo().log("PostgreSQL is back, limits of calls are counted for all workers again");
    }
  }

  /** Calls on their way end as they are; their places are free when they are missed. */
  @Override
  public void close() {
    teller.shutdownNow();
  }
}
