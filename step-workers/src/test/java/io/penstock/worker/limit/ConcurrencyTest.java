package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** No Quarkus test: threads and latches. */
class ConcurrencyTest {
  private static final Verdict WELL = new Verdict.Well();

  private final VirtualTime time = new VirtualTime();
  private final LocalGuards guards = time.guards();
  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger onTheirWay = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private static CallLimits atMost(int calls) {
    return new CallLimits(List.of(), Optional.of(calls), Optional.empty());
  }

  private FutureTask<Guarded<String>> started(CallGuard guard, CountDownLatch begun) {
    FutureTask<Guarded<String>> call =
        new FutureTask<>(
            () ->
                guard.call(
                    Optional.empty(),
                    () -> {
                      most.accumulateAndGet(onTheirWay.incrementAndGet(), Math::max);
                      begun.countDown();
                      mayEnd.acquireUninterruptibly();
                      onTheirWay.decrementAndGet();
                      return new Ended<>("called", WELL);
                    }));
    Thread.ofVirtual().start(call);
    return call;
  }

  @Test
  void no_more_calls_than_allowed_are_on_their_way() throws Exception {
    CallGuard guard = time.guards(Duration.ofMinutes(1)).guard("api/crm", atMost(2));
    CountDownLatch first = new CountDownLatch(2);
    List<FutureTask<Guarded<String>>> calls = new ArrayList<>();
    calls.add(started(guard, first));
    calls.add(started(guard, first));
    first.await();
    CountDownLatch second = new CountDownLatch(1);
    calls.add(started(guard, second));
    mayEnd.release();
    second.await();
    mayEnd.release(2);
    for (FutureTask<Guarded<String>> call : calls) {
      assertThat(call.get()).isInstanceOf(Guarded.Made.class);
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void who_waits_in_vain_is_deferred_each_for_another_time() throws Exception {
    CallGuard guard = guards.guard("api/crm", atMost(1));
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Guarded<String>> busy = started(guard, begun);
    begun.await();
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Guarded<String> refused = guard.call(Optional.empty(), () -> new Ended<>("never", WELL));
      Guarded.Later<String> later = (Guarded.Later<String>) refused;
      assertThat(later.reason()).isEqualTo(Reason.CONCURRENCY);
      delays.add(later.delay());
    }
    assertThat(delays).doesNotHaveDuplicates();
    mayEnd.release();
    assertThat(busy.get()).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void calls_on_their_way_count_when_the_limit_changes() throws Exception {
    CountDownLatch begun = new CountDownLatch(2);
    CallGuard wide = guards.guard("api/crm", atMost(2));
    FutureTask<Guarded<String>> one = started(wide, begun);
    FutureTask<Guarded<String>> other = started(wide, begun);
    begun.await();
    CallGuard narrow = guards.guard("api/crm", atMost(1));
    mayEnd.release();
    Awaitility.await().until(() -> one.isDone() || other.isDone());
    assertThat(narrow.call(Optional.empty(), () -> new Ended<>("never", WELL)))
        .as("there was room for two, and one is on its way")
        .isInstanceOf(Guarded.Later.class);
    mayEnd.release();
    one.get();
    other.get();
    assertThat(narrow.call(Optional.empty(), () -> new Ended<>("called", WELL)))
        .isEqualTo(new Guarded.Made<>("called"));
  }

  @Test
  void a_call_that_finds_no_place_gives_its_token_back() throws Exception {
    CallGuard guard =
        guards.guard(
            "api/crm",
            new CallLimits(
                List.of(new CallLimits.Rate(20, Duration.ofMinutes(1))),
                Optional.of(1),
                Optional.empty()));
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Guarded<String>> busy = started(guard, begun);
    begun.await();
    guard.call(Optional.empty(), () -> new Ended<>("never", WELL));
    mayEnd.release();
    busy.get();
    assertThat(guard.call(Optional.empty(), () -> new Ended<>("called", WELL)))
        .isEqualTo(new Guarded.Made<>("called"));
  }
}
