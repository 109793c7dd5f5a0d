package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many threads of two processes at one real PostgreSQL, in true time. */
class SharedPlacesTest {
  @RegisterExtension static final LimitsServer SERVER = new LimitsServer();

  private static final int PLACES = 3;
  private static final int CALLERS = 60;

  /** Far more than anybody needs: whoever is never served says so. */
  private static final int MOST_VISITS = 50;

  private static final CallLimits LIMITS =
      new CallLimits(
          List.of(new CallLimits.Rate(1_000, Duration.ofSeconds(1))),
          Optional.of(PLACES),
          Optional.empty());

  private final AtomicInteger onTheirWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @Test
  void a_crowd_of_both_processes_never_has_more_places_than_there_are_and_all_are_served()
      throws Exception {
    SERVER.forget();
    try (SharedGuards one = SharedGuards.on(SERVER.source(), GuardObserver.BLIND);
        SharedGuards other = SharedGuards.on(SERVER.source(), GuardObserver.BLIND);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> visits = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        SharedGuards mine = i % 2 == 0 ? one : other;
        visits.add(callers.submit(() -> visitsUntilServed(mine)));
      }
      for (Future<Integer> served : visits) {
        assertThat(served.get()).isPositive();
      }
    }
    assertThat(most).hasValueBetween(1, PLACES);
    assertThat(onTheirWay).hasValue(0);
  }

  private int visitsUntilServed(SharedGuards guards) throws InterruptedException {
    Optional<String> ticket = Optional.empty();
    for (int visit = 1; visit <= MOST_VISITS; visit++) {
      switch (guards.guard("api/crm", LIMITS).call(ticket, this::called)) {
        case Guarded.Made<String> ignored -> {
          return visit;
        }
        case Guarded.Later<String> later -> {
          ticket = later.ticket();
          LockSupport.parkNanos(later.delay().toNanos() / 10);
        }
      }
    }
    throw new AssertionError("not served in %d visits".formatted(MOST_VISITS));
  }

  private Ended<String> called() {
    most.accumulateAndGet(onTheirWay.incrementAndGet(), Math::max);
    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    onTheirWay.decrementAndGet();
    return new Ended<>("called", new Verdict.Well());
  }
}
