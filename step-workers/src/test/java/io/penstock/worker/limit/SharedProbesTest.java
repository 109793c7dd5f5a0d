package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.CallLimits.CircuitBreaker;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two processes that see a side sick, and one real PostgreSQL, in virtual time. */
class SharedProbesTest {
  @RegisterExtension static final LimitsServer SERVER = new LimitsServer();

  private static final Verdict WELL = new Verdict.Well();
  private static final Verdict SICK = new Verdict.Sick();
  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final CallLimits LIMITS =
      new CallLimits(List.of(), Optional.empty(), Optional.of(new CircuitBreaker(4, 0.5, DELAY)));

  private final VirtualTime time = new VirtualTime();
  private final CallGuard one = SERVER.process(time).guard("api/crm", LIMITS);
  private final CallGuard other = SERVER.process(time).guard("api/crm", LIMITS);

  @BeforeEach
  void forget() throws Exception {
    SERVER.forget();
  }

  @Test
  void during_an_outage_one_call_in_each_delay_goes_out_from_all_processes() throws Exception {
    Crowd crowd = new Crowd(time, List.of(one, other), 300);
    Duration outage = Duration.ofMinutes(2);
    for (int i = 0; i < 20 * outage.toSeconds(); i++) {
      crowd.arrives(Duration.ofMillis(50L * i));
    }
    crowd.runsOut(at -> at < outage.toNanos() ? SICK : WELL, due -> due);

    assertThat(crowd.failures).isEmpty();
    assertThat(crowd.served).hasSize(2_400);
    assertThat(crowd.callsBetween(Duration.ofSeconds(1), outage))
        .as("probes, one in %s", DELAY)
        .isBetween(10L, outage.dividedBy(DELAY));
    assertThat(crowd.served.getLast()).isLessThan(outage.plusMinutes(1).toNanos());
    assertThat(crowd.deliveriesEach()).isLessThan(6);
  }

  @Test
  void nobody_calls_while_the_probe_of_another_process_is_on_its_way() throws Exception {
    openCircuits();
    time.advance(DELAY);
    probe(
        one,
        () -> {
          assertThat(later(other).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
          // It looks again soon, and not only when the turn would run out.
          time.advance(Duration.ofSeconds(1));
          assertThat(later(other).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
        });
    time.advance(Duration.ofSeconds(1));
    assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_failed_probe_of_one_process_puts_off_the_probe_of_the_other() throws Exception {
    openCircuits();
    time.advance(DELAY);
    call(one, SICK);
    assertThat(later(other).delay()).isEqualTo(DELAY);
    time.advance(DELAY);
    assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_process_that_was_killed_in_its_probe_holds_up_the_other_for_ten_seconds()
      throws Exception {
    openCircuits();
    time.advance(DELAY);
    probe(
        one,
        () -> {
          for (int second = 0; second < 10; second++) {
            assertThat(later(other).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
            time.advance(Duration.ofSeconds(1));
          }
          assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class);
        });
  }

  @Test
  void a_probe_with_a_bug_leaves_the_turn_to_the_other() throws Exception {
    openCircuits();
    time.advance(DELAY);
    assertThatThrownBy(
            () ->
                one.call(
                    Optional.empty(),
                    () -> {
                      throw new IllegalStateException("a bug");
                    }))
        .hasMessage("a bug");
    assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_bug_while_taking_the_turn_lets_another_probe() throws Exception {
    openCircuits();
    time.advance(DELAY);
    SERVER.awayWhile(
        () -> {
          throw new IllegalStateException("a bug");
        });
    assertThatThrownBy(() -> call(one, WELL)).hasMessage("a bug");
    SERVER.away(false);
    assertThat(call(one, WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_probe_that_is_asked_to_wait_makes_all_wait() throws Exception {
    openCircuits();
    time.advance(DELAY);
    Duration wish = Duration.ofSeconds(7);
    call(one, new Verdict.Busy(Optional.of(wish)));
    assertThat(later(other).delay()).isEqualTo(wish);
    time.advance(wish);
    assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void a_probe_that_does_not_open_the_circuit_holds_up_nobody() throws Exception {
    call(one, new Verdict.Busy(Optional.of(DELAY)));
    later(other);
    time.advance(DELAY);
    call(one, SICK);
    assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class);
  }

  @Test
  void without_postgresql_each_process_probes_by_itself() throws Exception {
    openCircuits();
    SERVER.away(true);
    time.advance(DELAY);
    probe(one, () -> assertThat(call(other, WELL)).isInstanceOf(Guarded.Made.class));
  }

  private void openCircuits() throws Exception {
    for (CallGuard guard : List.of(one, other)) {
      for (int i = 0; i < 4; i++) {
        guard.call(Optional.of("met-sick"), () -> new Ended<>("called", SICK));
      }
      assertThat(later(guard).reason()).isEqualTo(Reason.CIRCUIT_OPEN);
    }
  }

  private interface Meanwhile {
    void happens() throws Exception;
  }

  private static void probe(CallGuard guard, Meanwhile meanwhile) throws Exception {
    Guarded<String> made =
        guard.call(
            Optional.empty(),
            () -> {
              try {
                meanwhile.happens();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
              return new Ended<>("called", WELL);
            });
    assertThat(made).isInstanceOf(Guarded.Made.class);
  }

  private static Guarded<String> call(CallGuard guard, Verdict verdict) throws Exception {
    return guard.call(Optional.empty(), () -> new Ended<>("called", verdict));
  }

  private static Guarded.Later<String> later(CallGuard guard) throws Exception {
    return (Guarded.Later<String>) call(guard, WELL);
  }
}
