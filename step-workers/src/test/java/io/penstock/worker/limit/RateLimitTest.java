package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.CallLimits.Rate;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No Quarkus test: virtual time. */
class RateLimitTest {
  private static final Verdict WELL = new Verdict.Well();
  private static final int LATE_MILLIS = 800;

  private final VirtualTime time = new VirtualTime();
  private final LocalGuards guards = time.guards();

  private static CallLimits limits(Rate... rates) {
    return new CallLimits(List.of(rates), Optional.empty(), Optional.empty());
  }

  private static Rate perMinute(int calls) {
    return new Rate(calls, Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({"60, PT1M", "100, PT10S", "5, PT1S", "1, PT10S", "1000, PT1H"})
  void ten_thousand_waiters_never_exceed_the_limit_and_come_twice(int calls, Duration period)
      throws Exception {
    Crowd crowd = new Crowd(limits(new Rate(calls, period)), LATE_MILLIS);
    for (int i = 0; i < 10_000; i++) {
      crowd.arrives(Duration.ofMillis(i));
    }
    crowd.runsOut(at -> WELL, due -> due);
    assertThat(crowd.served).hasSize(10_000);
    assertThat(crowd.mostCallsWithin(period)).isLessThanOrEqualTo(calls);
    assertThat(crowd.deliveriesEach()).isLessThanOrEqualTo(2.1);
  }

  @Test
  void sixty_a_minute_and_ten_thousand_waiters_are_two_deliveries_each() throws Exception {
    Crowd crowd = new Crowd(limits(perMinute(60)), LATE_MILLIS);
    for (int i = 0; i < 10_000; i++) {
      crowd.arrives(Duration.ZERO);
    }
    crowd.runsOut(at -> WELL, due -> due);
    assertThat(crowd.mostCallsWithin(Duration.ofMinutes(1))).isBetween(50, 60);
    assertThat(crowd.deliveriesEach()).isLessThanOrEqualTo(2.0);
  }

  @Test
  void waiters_that_all_come_late_do_not_call_all_at_once() throws Exception {
    Crowd crowd = new Crowd(limits(perMinute(60)), LATE_MILLIS);
    for (int i = 0; i < 5_000; i++) {
      crowd.arrives(Duration.ZERO);
    }
    long away = Duration.ofMinutes(10).toNanos();
    long back = Duration.ofMinutes(20).toNanos();
    crowd.runsOut(at -> WELL, due -> due > away && due < back ? back : due);
    assertThat(crowd.served).hasSize(5_000);
    assertThat(crowd.mostCallsWithin(Duration.ofMinutes(1))).isLessThanOrEqualTo(60);
    assertThat(crowd.deliveriesEach()).isLessThan(2.2);
  }

  @Test
  void several_limits_hold_at_once() throws Exception {
    Crowd crowd = new Crowd(limits(perMinute(60), new Rate(100, Duration.ofHours(1))), LATE_MILLIS);
    for (int i = 0; i < 300; i++) {
      crowd.arrives(Duration.ZERO);
    }
    crowd.runsOut(at -> WELL, due -> due);
    assertThat(crowd.served).hasSize(300);
    assertThat(crowd.mostCallsWithin(Duration.ofMinutes(1))).isLessThanOrEqualTo(60);
    assertThat(crowd.mostCallsWithin(Duration.ofHours(1))).isLessThanOrEqualTo(100);
  }

  @Test
  void each_deferral_has_a_moment_of_its_own() throws Exception {
    CallGuard guard = guards.guard("api/crm", limits(perMinute(1)));
    assertThat(call(guard, Optional.empty())).isInstanceOf(Guarded.Made.class);
    assertThat(later(guard, Optional.empty()).delay()).isEqualTo(Duration.ofMinutes(1));
    assertThat(later(guard, Optional.empty()).delay()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void a_ticket_that_comes_early_keeps_its_slot() throws Exception {
    CallGuard guard = guards.guard("api/crm", limits(perMinute(1)));
    call(guard, Optional.empty());
    Guarded.Later<?> first = later(guard, Optional.empty());
    time.advance(Duration.ofSeconds(20));
    Guarded.Later<?> again = later(guard, first.ticket());
    assertThat(again.delay()).isEqualTo(Duration.ofSeconds(40));
    assertThat(again.ticket()).isEqualTo(first.ticket());
  }

  @Test
  void whoever_comes_without_a_ticket_does_not_overtake() throws Exception {
    CallGuard guard = guards.guard("api/crm", limits(perMinute(1)));
    call(guard, Optional.empty());
    Guarded.Later<?> waiter = later(guard, Optional.empty());
    time.advance(Duration.ofMinutes(1));
    assertThat(later(guard, Optional.empty()).delay()).isEqualTo(Duration.ofMinutes(1));
    assertThat(call(guard, waiter.ticket())).isInstanceOf(Guarded.Made.class);
  }

  @ParameterizedTest
  @CsvSource({"slot/another-process/0", "slot/", "lost-workers/3", "''"})
  void a_ticket_that_nobody_knows_counts_as_none(String ticket) throws Exception {
    CallGuard guard = guards.guard("api/crm", limits(perMinute(1)));
    assertThat(call(guard, Optional.of(ticket))).isInstanceOf(Guarded.Made.class);
    assertThat(later(guard, Optional.of(ticket)).delay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void another_limit_keeps_what_was_promised() throws Exception {
    call(guards.guard("api/crm", limits(perMinute(1))), Optional.empty());
    Guarded.Later<?> waiter =
        later(guards.guard("api/crm", limits(perMinute(1))), Optional.empty());
    CallGuard changed = guards.guard("api/crm", limits(perMinute(2)));
    time.advance(waiter.delay());
    assertThat(call(changed, waiter.ticket())).isInstanceOf(Guarded.Made.class);
    assertThat(call(guards.guard("api/crm", limits()), Optional.empty()))
        .isInstanceOf(Guarded.Made.class);
  }

  private static Guarded<String> call(CallGuard guard, Optional<String> ticket) throws Exception {
    return guard.call(ticket, () -> new Ended<>("called", WELL));
  }

  private static Guarded.Later<String> later(CallGuard guard, Optional<String> ticket)
      throws Exception {
    return (Guarded.Later<String>) call(guard, ticket);
  }
}
