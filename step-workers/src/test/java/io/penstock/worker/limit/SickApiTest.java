package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.CallLimits.CircuitBreaker;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No Quarkus test: virtual time. */
class SickApiTest {
  private static final Verdict WELL = new Verdict.Well();
  private static final Verdict SICK = new Verdict.Sick();
  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final CallLimits LIMITS =
      new CallLimits(List.of(), Optional.empty(), Optional.of(new CircuitBreaker(4, 0.5, DELAY)));

  private final VirtualTime time = new VirtualTime();
  private final CallGuard guard = time.guards().guard("api/crm", LIMITS);

  @Test
  void an_api_that_is_down_under_load_costs_no_attempt() throws Exception {
    Crowd crowd = new Crowd(CallLimits.DEFAULT, 300);
    Duration outage = Duration.ofMinutes(2);
    int callers = 0;
    for (Duration at = Duration.ZERO;
        at.compareTo(outage) < 0;
        at = at.plus(Duration.ofMillis(50))) {
      crowd.arrives(at);
      callers++;
    }
    crowd.runsOut(at -> at < outage.toNanos() ? SICK : WELL, due -> due);

    assertThat(crowd.failures).isEmpty();
    assertThat(crowd.served).hasSize(callers);
    assertThat(crowd.callsBetween(Duration.ofSeconds(1), outage))
        .as("probes, one in %s", DELAY)
        .isLessThanOrEqualTo(outage.dividedBy(DELAY));
    assertThat(crowd.served.getLast()).isLessThan(outage.plusMinutes(1).toNanos());
    assertThat(crowd.deliveriesEach()).isLessThan(5);
  }

  @Test
  void during_an_outage_of_an_hour_each_waiter_comes_back_a_few_times() throws Exception {
    Crowd crowd = new Crowd(CallLimits.DEFAULT, 300);
    Duration outage = Duration.ofHours(1);
    for (int i = 0; i < 20 * outage.toSeconds(); i++) {
      crowd.arrives(Duration.ofMillis(50L * i));
    }
    crowd.runsOut(at -> at < outage.toNanos() ? SICK : WELL, due -> due);
    assertThat(crowd.failures).isEmpty();
    assertThat(crowd.served).hasSize(72_000);
    // OutageBytesTest of the orchestrator says what that means for the topics.
    assertThat(crowd.deliveriesEach()).isLessThan(6);
  }

  @Test
  void after_it_is_back_one_goes_first_and_then_more_with_every_step() throws Exception {
    Crowd crowd = new Crowd(CallLimits.DEFAULT, 300);
    for (int i = 0; i < 2_000; i++) {
      crowd.arrives(Duration.ofMillis(i));
    }
    crowd.runsOut(at -> at < Duration.ofSeconds(3).toNanos() ? SICK : WELL, due -> due);
    List<Long> eachSecond = new ArrayList<>();
    Duration probe = Duration.ofNanos(crowd.served.getFirst());
    for (int second = 0; second < 5; second++) {
      eachSecond.add(crowd.callsBetween(probe.plusSeconds(second), probe.plusSeconds(second + 1)));
    }
    assertThat(eachSecond.getFirst()).isBetween(1L, 3L);
    for (int second = 1; second < 5; second++) {
      assertThat(eachSecond.get(second))
          .as("calls in second %d", second)
          .isBetween(1L, 4L << second);
    }
    assertThat(crowd.served).hasSize(2_000);
  }

  @Test
  void a_rush_on_an_api_that_is_just_back_is_spread_and_not_put_off_for_long() throws Exception {
    Crowd crowd = new Crowd(CallLimits.DEFAULT, 300);
    Duration back = Duration.ofSeconds(4);
    for (int i = 0; i < 20; i++) {
      crowd.arrives(Duration.ZERO);
    }
    for (int i = 0; i < 10_000; i++) {
      crowd.arrives(back.plusSeconds(2).plusNanos(i));
    }
    crowd.runsOut(at -> at < back.toNanos() ? SICK : WELL, due -> due);
    assertThat(crowd.served).hasSize(10_020);
    assertThat(crowd.served.getLast()).isLessThan(back.plusMinutes(1).toNanos());
    assertThat(crowd.deliveriesEach()).isLessThan(2.5);
  }

  @Test
  void an_open_circuit_gives_each_a_moment_of_its_own_and_the_first_the_probe() throws Exception {
    openCircuit();
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      delays.add(later(SICK).delay());
    }
    assertThat(delays).doesNotHaveDuplicates();
    // The call that opened it got the end of the delay: it is the probe.
    assertThat(delays).allSatisfy(delay -> assertThat(delay).isGreaterThan(DELAY));
  }

  @Test
  void one_probe_at_a_time() throws Exception {
    openCircuit();
    time.advance(DELAY);
    Guarded<String> probe =
        guard.call(
            Optional.empty(),
            () -> {
              assertThat(unchecked(() -> later(WELL)).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
              return new Ended<>("probe", WELL);
            });
    assertThat(probe).isEqualTo(new Guarded.Made<>("probe"));
    assertThat(call(WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_probe_that_fails_is_deferred_and_the_circuit_stays_open() throws Exception {
    openCircuit();
    time.advance(DELAY);
    assertThat(later(SICK).delay()).isEqualTo(DELAY);
    time.advance(DELAY.minusNanos(1));
    assertThat(later(WELL).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
    time.advance(Duration.ofNanos(1));
    assertThat(call(WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_probe_with_a_bug_lets_another_probe() throws Exception {
    openCircuit();
    time.advance(DELAY);
    assertThatThrownBy(
            () ->
                guard.call(
                    Optional.empty(),
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    assertThat(call(WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_probe_with_a_bug_lets_another_probe_also_without_a_breaker() throws Exception {
    CallGuard without =
        time.guards()
            .guard("api/crm", new CallLimits(List.of(), Optional.empty(), Optional.empty()));
    Verdict busy = new Verdict.Busy(Optional.of(DELAY));
    without.call(Optional.empty(), () -> new Ended<>("busy", busy));
    time.advance(DELAY);
    assertThatThrownBy(
            () ->
                without.call(
                    Optional.empty(),
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    assertThat(without.call(Optional.empty(), () -> new Ended<>("called", WELL)))
        .isInstanceOf(Guarded.Made.class);
  }

  @Test
  void refusals_never_open_the_circuit() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(call(WELL)).isInstanceOf(Guarded.Made.class);
    }
  }

  @Test
  void a_breaker_that_is_switched_off_never_opens() throws Exception {
    CallGuard without =
        time.guards()
            .guard("api/crm", new CallLimits(List.of(), Optional.empty(), Optional.empty()));
    for (int i = 0; i < 100; i++) {
      assertThat(without.call(Optional.empty(), () -> new Ended<>("failed", SICK)))
          .isInstanceOf(Guarded.Made.class);
    }
  }

  @Test
  void who_asks_to_wait_is_left_alone_by_all_until_then() throws Exception {
    Duration wish = Duration.ofSeconds(7);
    Guarded.Later<String> asked = later(new Verdict.Busy(Optional.of(wish)));
    assertThat(asked.reason()).isEqualTo(Reason.RETRY_AFTER);
    assertThat(asked.delay()).isEqualTo(wish);
    time.advance(wish.minusNanos(1));
    assertThat(later(WELL).reason()).isEqualTo(Reason.RETRY_AFTER);
    time.advance(Duration.ofNanos(1));
    assertThat(call(WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void the_longest_of_several_wishes_counts() throws Exception {
    Guarded<String> outer =
        guard.call(
            Optional.empty(),
            () -> {
              unchecked(() -> later(new Verdict.Busy(Optional.of(Duration.ofMinutes(5)))));
              return new Ended<>("refused", new Verdict.Busy(Optional.of(Duration.ofSeconds(1))));
            });
    assertThat(((Guarded.Later<String>) outer).delay()).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void who_does_not_say_how_long_is_asked_at_growing_intervals() throws Exception {
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Guarded.Later<String> later = later(new Verdict.Busy(Optional.empty()));
      pauses.add(later.delay());
      time.advance(later.delay());
    }
    assertThat(pauses.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L);
  }

  @Test
  void a_call_that_probes_after_a_pause_and_fails_is_like_any_other() throws Exception {
    time.advance(later(new Verdict.Busy(Optional.of(Duration.ofSeconds(7)))).delay());
    assertThat(later(SICK).reason()).isEqualTo(Reason.SICK);
    assertThat(call(WELL)).as("not stuck behind that probe").isInstanceOf(Guarded.Made.class);
  }

  @Test
  void an_attempt_that_meets_a_sick_api_twice_has_failed() throws Exception {
    Guarded.Later<String> first = later(SICK);
    assertThat(first.reason()).isEqualTo(Reason.SICK);
    assertThat(first.delay()).isBetween(DELAY, DELAY.plusSeconds(1));
    time.advance(first.delay());
    assertThat(guard.call(first.ticket(), () -> new Ended<>("failed", SICK)))
        .isEqualTo(new Guarded.Made<>("failed"));
  }

  @Test
  void that_an_attempt_met_a_sick_api_is_not_forgotten_while_the_circuit_is_open()
      throws Exception {
    Guarded.Later<String> first = later(SICK);
    for (int i = 0; i < 2; i++) {
      assertThat(later(SICK).reason()).isEqualTo(Reason.SICK);
    }
    later(SICK);
    Guarded.Later<String> put =
        (Guarded.Later<String>) guard.call(first.ticket(), () -> new Ended<>("never", WELL));
    assertThat(put.reason()).isEqualTo(Reason.CIRCUIT_OPEN);
    time.advance(DELAY);
    assertThat(call(WELL)).isInstanceOf(Guarded.Made.class);
    assertThat(guard.call(put.ticket(), () -> new Ended<>("failed", SICK)))
        .isEqualTo(new Guarded.Made<>("failed"));
  }

  @Test
  void first_calls_that_failed_together_come_back_apart() throws Exception {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      delays.add(later(SICK).delay());
    }
    assertThat(delays).doesNotHaveDuplicates();
  }

  @Test
  void a_promised_slot_survives_a_closed_way() throws Exception {
    CallGuard limited =
        time.guards()
            .guard(
                "api/crm",
                new CallLimits(
                    List.of(new CallLimits.Rate(1, Duration.ofMinutes(1))),
                    Optional.empty(),
                    Optional.empty()));
    Verdict busy = new Verdict.Busy(Optional.of(Duration.ofMinutes(1)));
    limited.call(Optional.empty(), () -> new Ended<>("busy", busy));
    Optional<String> ticket = Optional.of("slot/of-somebody/1");
    Guarded.Later<String> held =
        (Guarded.Later<String>) limited.call(ticket, () -> new Ended<>("never", WELL));
    assertThat(held.reason()).isEqualTo(Reason.RETRY_AFTER);
    assertThat(held.ticket()).isEqualTo(ticket);
    time.advance(Duration.ofMinutes(1));
    assertThat(limited.call(Optional.empty(), () -> new Ended<>("called", WELL)))
        .as("those who were held took nothing from the limit")
        .isInstanceOf(Guarded.Made.class);
  }

  private void openCircuit() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(later(SICK).reason()).isEqualTo(Reason.SICK);
    }
    assertThat(later(SICK).delay()).isEqualTo(DELAY);
  }

  private Guarded<String> call(Verdict verdict) throws Exception {
    return guard.call(Optional.empty(), () -> new Ended<>("called", verdict));
  }

  private Guarded.Later<String> later(Verdict verdict) throws Exception {
    return (Guarded.Later<String>) call(verdict);
  }

  private static <T> T unchecked(java.util.concurrent.Callable<T> action) {
    try {
      return action.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
