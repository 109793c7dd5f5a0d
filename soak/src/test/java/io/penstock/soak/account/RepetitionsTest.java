package io.penstock.soak.account;

import static io.penstock.soak.account.Histories.oneLead;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.soak.account.Violation.Kind;
import io.penstock.soak.installation.Member;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The lead is told of at 300, by worker 1, which has the answer at 350. */
class RepetitionsTest {
  private static final String TELL = "key of tell e";

  private static Histories toldAgain(long at, Member by) {
    return oneLead().call("tell", "e", TELL, at, by);
  }

  private static void isAllowed(Histories history, String because) {
    Account account = history.account();
    assertThat(account.violations()).isEmpty();
    assertThat(account.repeated()).isEqualTo(Map.of(because, 1));
  }

  private static void isForbidden(Histories history) {
    assertThat(history.account().violations())
        .extracting(Violation::kind)
        .containsExactly(Kind.REPEATED_CALL);
  }

  @Test
  void a_killed_worker_repeats_what_it_had_in_flight() {
    isAllowed(
        toldAgain(3000, Member.WORKER_2).fault(Fault.Kind.KILL, Member.WORKER_1, 320),
        "kill worker-1");
  }

  @Test
  void also_what_it_could_not_acknowledge_any_more() {
    isAllowed(
        toldAgain(3000, Member.WORKER_2).fault(Fault.Kind.KILL, Member.WORKER_1, 400),
        "kill worker-1");
  }

  @ParameterizedTest(name = "{2} at {1}")
  @CsvSource({
    "KILL, 2000, WORKER_1", // long acknowledged
    "KILL, 320, WORKER_2", // the other one
    "RESTART, 320, WORKER_1", // it was asked to stop, and had the time
    "KILL, 320, INGEST",
    "KILL, 320, CONSOLE",
    "KILL, 320, DATABASE",
    "FREEZE, 320, INGEST",
    "RESTART, 320, ORCHESTRATOR_1",
    "KILL, 2000, ORCHESTRATOR_1",
    "KILL, 4000, WORKER_1" // after the repetition
  })
  void nothing_else_allows_it(Fault.Kind kind, long at, Member member) {
    isForbidden(toldAgain(3000, Member.WORKER_2).fault(kind, member, at));
  }

  @Test
  void a_frozen_worker_makes_the_calls_that_others_took_over() {
    Histories history =
        oneLead()
            .fault(Fault.Kind.FREEZE, Member.WORKER_2, 250)
            .call("tell", "e", TELL, 1300, Member.WORKER_2);

    isAllowed(history, "freeze worker-2");
  }

  @ParameterizedTest
  @EnumSource(names = {"KILL", "FREEZE"})
  void an_orchestrator_repeats_what_it_requested_last(Fault.Kind kind) {
    isAllowed(
        toldAgain(3000, Member.WORKER_2).fault(kind, Member.ORCHESTRATOR_2, 400),
        kind.name().toLowerCase(Locale.ROOT) + " orchestrator-2");
  }

  @Test
  void a_broker_repeats_what_was_in_flight() {
    isAllowed(
        toldAgain(3000, Member.WORKER_2).fault(Fault.Kind.KILL, Member.BROKER, 320), "kill broker");
  }

  @Test
  void but_asks_no_model_again() {
    isForbidden(oneLead().asked("score", "e", 3000).fault(Fault.Kind.KILL, Member.BROKER, 220));
  }

  @Test
  void each_repetition_needs_a_reason_of_its_own() {
    Histories history =
        toldAgain(1000, Member.WORKER_2)
            .call("tell", "e", TELL, 4000, Member.WORKER_2)
            .fault(Fault.Kind.KILL, Member.WORKER_1, 320);

    isForbidden(history);
  }
}
