package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.CallLimits.Rate;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes that count in one real PostgreSQL, in virtual time. No Quarkus test. */
class SharedLimitsTest {
  @RegisterExtension static final LimitsServer SERVER = new LimitsServer();

  private static final Verdict WELL = new Verdict.Well();
  private static final Verdict SICK = new Verdict.Sick();
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final SharedGuards one = SERVER.process(time);
  private final SharedGuards other = SERVER.process(time);

  @BeforeEach
  void forget() throws Exception {
    SERVER.forget();
  }

  private static CallLimits rate(int calls, Duration period) {
    return new CallLimits(List.of(new Rate(calls, period)), Optional.empty(), Optional.empty());
  }

  private static CallLimits places(int calls) {
    return new CallLimits(List.of(), Optional.of(calls), Optional.empty());
  }

  private Crowd crowd(CallLimits limits) {
    return new Crowd(
        time, List.of(one.guard("api/crm", limits), other.guard("api/crm", limits)), 800);
  }

  @Test
  void ten_thousand_waiters_of_two_processes_never_exceed_the_limit_and_come_twice()
      throws Exception {
    Crowd crowd = crowd(rate(60, MINUTE));
    for (int i = 0; i < 10_000; i++) {
      crowd.arrives(Duration.ZERO);
    }
    crowd.runsOut(at -> WELL, due -> due);
    assertThat(crowd.served).hasSize(10_000);
    assertThat(crowd.mostCallsWithin(MINUTE)).isBetween(50, 60);
    assertThat(crowd.deliveriesEach()).isLessThanOrEqualTo(2.0);
  }

  @ParameterizedTest
  @CsvSource({"100, PT10S", "5, PT1S", "1, PT10S", "1000, PT1H", "100, PT0.1S"})
  void a_limit_holds_for_all_processes_together(int calls, Duration period) throws Exception {
    Crowd crowd = crowd(rate(calls, period));
    for (int i = 0; i < 500; i++) {
      crowd.arrives(Duration.ofMillis(i));
    }
    crowd.runsOut(at -> WELL, due -> due);
    assertThat(crowd.served).hasSize(500);
    assertThat(crowd.mostCallsWithin(period)).isLessThanOrEqualTo(calls);
    assertThat(crowd.deliveriesEach()).isLessThanOrEqualTo(2.2);
  }

  @Test
  void waiters_that_all_come_late_do_not_call_all_at_once() throws Exception {
    Crowd crowd = crowd(rate(60, MINUTE));
    for (int i = 0; i < 500; i++) {
      crowd.arrives(Duration.ZERO);
    }
    long away = Duration.ofMinutes(2).toNanos();
    long back = Duration.ofMinutes(6).toNanos();
    crowd.runsOut(at -> WELL, due -> due > away && due < back ? back : due);
    assertThat(crowd.served).hasSize(500);
    assertThat(crowd.mostCallsWithin(MINUTE)).isLessThanOrEqualTo(60);
  }

  @Test
  void a_slot_counts_in_every_process_and_after_a_restart() throws Exception {
    CallLimits limits = rate(1, MINUTE);
    assertThat(call(one, limits, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
    Guarded.Later<String> waiter = later(other, limits, Optional.empty(), WELL);
    assertThat(waiter.reason()).isEqualTo(Reason.RATE_LIMIT);
    time.advance(waiter.delay());
    assertThat(later(other, limits, Optional.empty(), WELL).delay())
        .as("whoever comes without a slot does not overtake")
        .isGreaterThan(Duration.ofSeconds(59));
    assertThat(call(SERVER.process(time), limits, waiter.ticket(), WELL))
        .isInstanceOf(Guarded.Made.class);
  }

  @ParameterizedTest
  @CsvSource({"shared-slot/99999999999999999999999", "shared-slot/", "shared-slot/-5", "slot/a/3"})
  void a_ticket_that_nobody_knows_counts_as_none(String ticket) throws Exception {
    CallLimits limits = rate(1, MINUTE);
    assertThat(call(one, limits, Optional.of(ticket), WELL)).isInstanceOf(Guarded.Made.class);
    assertThat(later(one, limits, Optional.of(ticket), WELL).delay()).isGreaterThan(MINUTE);
  }

  @Test
  void another_limit_keeps_what_was_promised() throws Exception {
    call(one, rate(1, MINUTE), Optional.empty(), WELL);
    Guarded.Later<String> waiter = later(one, rate(1, MINUTE), Optional.empty(), WELL);
    time.advance(waiter.delay());
    assertThat(call(other, rate(2, MINUTE), waiter.ticket(), WELL))
        .isInstanceOf(Guarded.Made.class);
    assertThat(later(other, rate(2, MINUTE), Optional.empty(), WELL).delay())
        .isLessThan(Duration.ofSeconds(62));
  }

  @Test
  void who_asks_to_wait_is_left_alone_by_every_process() throws Exception {
    Duration wish = Duration.ofSeconds(7);
    CallLimits none = CallLimits.DEFAULT;
    assertThat(call(other, none, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
    Guarded.Later<String> asked =
        later(one, none, Optional.empty(), new Verdict.Busy(Optional.of(wish)));
    assertThat(asked.delay()).isEqualTo(wish);
    for (int i = 0; i < 70; i++) {
      assertThat(later(other, none, Optional.empty(), WELL).reason()).isEqualTo(Reason.RETRY_AFTER);
      assertThat(later(one, none, Optional.empty(), WELL).reason()).isEqualTo(Reason.RETRY_AFTER);
      time.advance(Duration.ofMillis(99));
    }
    time.advance(Duration.ofMillis(71));
    assertThat(call(other, none, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
    assertThat(call(one, none, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_circuit_is_each_process_own() throws Exception {
    for (int i = 0; i < 20; i++) {
      call(one, CallLimits.DEFAULT, Optional.empty(), SICK);
    }
    assertThat(later(one, CallLimits.DEFAULT, Optional.empty(), WELL).reason())
        .isEqualTo(Reason.CIRCUIT_OPEN);
    assertThat(call(other, CallLimits.DEFAULT, Optional.empty(), WELL))
        .isInstanceOf(Guarded.Made.class);
  }

  @Test
  void no_more_calls_than_allowed_are_on_their_way_from_all_processes() throws Exception {
    CallLimits limits = places(2);
    Guarded<String> outer =
        nested(
            one,
            limits,
            () ->
                nested(
                    other,
                    limits,
                    () -> {
                      assertThat(later(one, limits, Optional.empty(), WELL).reason())
                          .isEqualTo(Reason.CONCURRENCY);
                      assertThat(later(other, limits, Optional.empty(), WELL).reason())
                          .isEqualTo(Reason.CONCURRENCY);
                    }));
    assertThat(outer).isInstanceOf(Guarded.Made.class);
    time.advance(Duration.ofSeconds(3));
    assertThat(call(other, limits, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void the_places_of_a_killed_process_come_back_within_a_minute() throws Exception {
    CallLimits limits = places(1);
    nested(
        one,
        limits,
        () -> {
          // As if it were killed now: it tells nothing more.
          time.advance(Duration.ofSeconds(44));
          assertThat(later(other, limits, Optional.empty(), WELL).reason())
              .isEqualTo(Reason.CONCURRENCY);
          time.advance(Duration.ofSeconds(16));
          assertThat(call(other, limits, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
        });
  }

  @Test
  void a_long_call_keeps_its_place() throws Exception {
    CallLimits limits = places(1);
    nested(
        one,
        limits,
        () -> {
          for (int second = 0; second < 300; second++) {
            time.advance(Duration.ofSeconds(1));
            one.tell();
          }
          assertThat(later(other, limits, Optional.empty(), WELL).reason())
              .isEqualTo(Reason.CONCURRENCY);
        });
  }

  @Test
  void who_waits_in_vain_gets_a_place_before_those_who_had_one() throws Exception {
    CallLimits limits = places(1);
    nested(one, limits, () -> later(other, limits, Optional.empty(), WELL));
    assertThat(call(other, limits, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_rate_goes_on_for_a_minute_without_postgresql_and_is_kept() throws Exception {
    Crowd crowd = crowd(rate(60, MINUTE));
    for (int i = 0; i < 400; i++) {
      crowd.arrives(Duration.ofMillis(i * 900L));
    }
    long start = time.currentTimeNanos();
    SERVER.awayWhile(
        () -> {
          long second = Duration.ofNanos(time.currentTimeNanos() - start).toSeconds();
          return second >= 70 && second < 200;
        });
    crowd.runsOut(at -> WELL, due -> due);
    assertThat(crowd.served).hasSize(400);
    assertThat(callsBetween(crowd, 71, 130)).as("the last lease").isGreaterThan(30);
    assertThat(callsBetween(crowd, 132, 200)).as("over").isZero();
    assertThat(callsBetween(crowd, 205, 300)).as("by itself").isGreaterThan(50);
    assertThat(crowd.mostCallsWithin(MINUTE)).isLessThanOrEqualTo(60);
  }

  private static long callsBetween(Crowd crowd, int from, int to) {
    return crowd.callsBetween(Duration.ofSeconds(from), Duration.ofSeconds(to));
  }

  @Test
  void without_postgresql_a_process_keeps_the_places_that_it_had() throws Exception {
    CallLimits limits = places(2);
    nested(
        one,
        limits,
        () -> {
          SERVER.away(true);
          assertThat(later(one, limits, Optional.empty(), WELL).reason())
              .isEqualTo(Reason.STORE_AWAY);
        });
    assertThat(call(one, limits, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
    assertThat(later(other, limits, Optional.empty(), WELL).reason()).isEqualTo(Reason.STORE_AWAY);
    time.advance(MINUTE);
    assertThat(later(one, limits, Optional.empty(), WELL).reason()).isEqualTo(Reason.STORE_AWAY);
    SERVER.away(false);
    time.advance(Duration.ofSeconds(1));
    one.tell();
    assertThat(call(one, limits, Optional.empty(), WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void what_has_no_limits_is_called_without_postgresql() throws Exception {
    SERVER.away(true);
    time.advance(Duration.ofHours(1));
    assertThat(call(one, CallLimits.DEFAULT, Optional.empty(), WELL))
        .isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_wish_to_wait_is_told_when_postgresql_is_back() throws Exception {
    call(one, CallLimits.DEFAULT, Optional.empty(), WELL);
    SERVER.away(true);
    later(one, CallLimits.DEFAULT, Optional.empty(), new Verdict.Busy(Optional.of(MINUTE)));
    SERVER.away(false);
    time.advance(Duration.ofSeconds(1));
    one.tell();
    assertThat(later(other, CallLimits.DEFAULT, Optional.empty(), WELL).reason())
        .isEqualTo(Reason.RETRY_AFTER);
  }

  @Test
  void those_who_wait_for_postgresql_come_back_apart_and_within_a_minute() throws Exception {
    CallLimits limits = rate(60, MINUTE);
    SERVER.away(true);
    Set<Duration> delays = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      delays.add(later(one, limits, Optional.empty(), WELL).delay());
    }
    assertThat(delays).hasSize(2_000).allMatch(delay -> delay.compareTo(MINUTE) <= 0);
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }

  private static Guarded<String> nested(CallGuards guards, CallLimits limits, Meanwhile meanwhile)
      throws Exception {
    return guards
        .guard("api/crm", limits)
        .call(
            Optional.empty(),
            () -> {
              try {
                meanwhile.happens();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              return new Ended<>("called", WELL);
            });
  }

  private static Guarded<String> call(
      CallGuards guards, CallLimits limits, Optional<String> ticket, Verdict verdict)
      throws Exception {
    return guards.guard("api/crm", limits).call(ticket, () -> new Ended<>("called", verdict));
  }

  private static Guarded.Later<String> later(
      CallGuards guards, CallLimits limits, Optional<String> ticket, Verdict verdict)
      throws Exception {
    return (Guarded.Later<String>) call(guards, limits, ticket, verdict);
  }
}
