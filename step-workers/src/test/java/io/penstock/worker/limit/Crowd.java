package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/**
 * Callers that each want one call, in virtual time. A deferred one comes back when it was told to,
 * a little late, as timers and deliveries are.
 */
final class Crowd {
  private static final int MOST_DELIVERIES = 1_000_000;

  private final VirtualTime time;
  private final long start;
  private final List<CallGuard> guards;
  private final Random random = new Random(42);
  private final PriorityQueue<Visit> visits =
      new PriorityQueue<>(Comparator.comparingLong(Visit::at).thenComparingInt(Visit::number));
  private final int latestMillis;
  private int callers;

  /** What was seen. Times in nanoseconds since the start. */
  final List<Long> calls = new ArrayList<>();

  final List<Long> served = new ArrayList<>();
  final List<Long> failures = new ArrayList<>();
  int deliveries;

  private record Visit(long at, int number, Optional<String> ticket) {}

  /**
   * @param latestMillis by which a delivery comes late at most
   */
  Crowd(CallLimits limits, int latestMillis) {
    this(new VirtualTime(), limits, latestMillis);
  }

  private Crowd(VirtualTime time, CallLimits limits, int latestMillis) {
    this(time, List.of(time.guards().guard("api/crm", limits)), latestMillis);
  }

  /**
   * @param guards of several processes; who delivers is chance
   */
  Crowd(VirtualTime time, List<CallGuard> guards, int latestMillis) {
    this.time = time;
    this.start = time.currentTimeNanos();
    this.guards = guards;
    this.latestMillis = latestMillis;
  }

  /** One caller. */
  void arrives(Duration after) {
    visits.add(new Visit(after.toNanos(), callers++, Optional.empty()));
  }

  /**
   * @param api what it answers at a time
   * @param delivery when a message that is due at a time is really delivered
   */
  void runsOut(LongFunction<Verdict> api, LongUnaryOperator delivery) throws Exception {
    while (!visits.isEmpty() && deliveries < MOST_DELIVERIES) {
      Visit visit = visits.poll();
      time.moveTo(start + visit.at());
      deliveries++;
      Guarded<Verdict> guarded =
          guards
              .get(random.nextInt(guards.size()))
              .call(
                  visit.ticket(),
                  () -> {
                    long at = visit.at() + time.takeParked();
                    calls.add(at);
                    Verdict verdict = api.apply(at);
                    return new Ended<>(verdict, verdict);
                  });
      switch (guarded) {
        case Guarded.Made<Verdict> made -> {
          (made.value() instanceof Verdict.Well ? served : failures).add(visit.at());
        }
        case Guarded.Later<Verdict> later -> {
          long due = visit.at() + later.delay().toNanos();
          long late = Duration.ofMillis(1 + random.nextInt(latestMillis)).toNanos();
          visits.add(
              new Visit(
                  Math.max(visit.at(), delivery.applyAsLong(due + late)),
                  visit.number(),
                  later.ticket()));
        }
      }
    }
  }

  double deliveriesEach() {
    return (double) deliveries / callers;
  }

  /** The most calls in any stretch of this length. */
  int mostCallsWithin(Duration stretch) {
    List<Long> sorted = calls.stream().sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < sorted.size(); last++) {
      while (sorted.get(last) - sorted.get(first) >= stretch.toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  long callsBetween(Duration from, Duration to) {
    return calls.stream().filter(at -> at >= from.toNanos() && at < to.toNanos()).count();
  }
}
