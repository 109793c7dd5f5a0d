package io.penstock.soak.account;

import static io.penstock.soak.account.Histories.at;
import static io.penstock.soak.account.Histories.history;
import static io.penstock.soak.account.Histories.lead;
import static io.penstock.soak.account.Histories.oneLead;
import static io.penstock.soak.account.Histories.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.soak.account.SentEvent.Acceptance;
import io.penstock.soak.account.Violation.Kind;
import io.penstock.soak.installation.Member;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccountantTest {
  @Test
  void a_lead_that_went_its_way_is_no_violation() {
    Account account = oneLead().account();

    assertThat(account.violations()).isEmpty();
    assertThat(account.sent()).isOne();
    assertThat(account.accepted()).isOne();
    assertThat(account.ended()).isOne();
    assertThat(account.calls()).containsEntry("tell", new Account.Calls(1, 1));
  }

  @Test
  void an_event_that_is_accepted_several_times_has_one_execution() {
    Account account =
        history()
            .sent(
                lead("e"),
                "e",
                new Acceptance(at(50), Set.of("lead~e")),
                new Acceptance(at(60), Set.of("lead~e")))
            .ended("e", "lead~e", "COMPLETED")
            .call("company", "e", 100)
            .call("score", "e", 200)
            .call("tell", "e", 300)
            .account();

    assertThat(account.violations()).isEmpty();
    assertThat(account.acceptances()).isEqualTo(2);
  }

  @Test
  void what_was_done_last_is_undone_first() {
    Account account = order().account();

    assertThat(account.violations()).isEmpty();
  }

  private static Histories order() {
    return orderUntilUndoing().call("release", "o/1", 300).call("release", "o/0", 400);
  }

  private static Histories orderUntilUndoing() {
    return history()
        .sent(undone("o"), "o", new Acceptance(at(50), Set.of("order~o")))
        .ended("o", "order~o", "COMPENSATED")
        .call("reserve", "o/0", 100)
        .call("reserve", "o/1", 200);
  }

  static Stream<Arguments> wrongHistories() {
    return Stream.of(
        Arguments.of(Kind.NOT_ACCEPTED, history().sent(lead("e"), "e")),
        Arguments.of(Kind.LOST, oneLead().accepted("f", 50, "lead~f")),
        Arguments.of(
            Kind.WRONG_END, oneLead().ended("f", "lead~f", "FAILED").accepted("f", 1, "lead~f")),
        Arguments.of(Kind.DOUBLED_EXECUTION, oneLead().ended("e", "lead~other", "COMPLETED")),
        Arguments.of(
            Kind.DOUBLED_EXECUTION,
            history()
                .sent(
                    lead("e"),
                    "e",
                    new Acceptance(at(50), Set.of("lead~e")),
                    new Acceptance(at(60), Set.of("lead~other")))
                .ended("e", "lead~e", "COMPLETED")),
        Arguments.of(Kind.UNKNOWN_EXECUTION, oneLead().ended("x", "lead~x", "COMPLETED")),
        Arguments.of(
            Kind.MISSING_CALL,
            history()
                .accepted("e", 50, "lead~e")
                .ended("e", "lead~e", "COMPLETED")
                .call("company", "e", 100)
                .asked("score", "e", 200)),
        Arguments.of(
            Kind.MISSING_CALL,
            history()
                .accepted("e", 50, "lead~e")
                .ended("e", "lead~e", "COMPLETED")
                .unanswered("company", "e", 100)),
        Arguments.of(Kind.UNWANTED_CALL, oneLead().call("refund", "e", 400)),
        Arguments.of(
            Kind.SEVERAL_KEYS,
            oneLead()
                .fault(Fault.Kind.KILL, Member.WORKER_1, 310)
                .call("tell", "e", "another key", 400, Member.WORKER_2)),
        Arguments.of(
            Kind.SHARED_KEY,
            history()
                .accepted("e", 50, "lead~e")
                .ended("e", "lead~e", "COMPLETED")
                .call("company", "e", 100)
                .asked("score", "e", 200)
                .call("tell", "e", "key of company e", 300, Member.WORKER_1)),
        Arguments.of(Kind.REPEATED_CALL, oneLead().call("tell", "e", 500)),
        Arguments.of(
            Kind.OUT_OF_ORDER,
            history()
                .accepted("e", 50, "lead~e")
                .ended("e", "lead~e", "COMPLETED")
                .call("company", "e", 100)
                .asked("score", "e", 120)
                .call("tell", "e", 300)),
        Arguments.of(
            Kind.OUT_OF_ORDER,
            orderUntilUndoing().call("release", "o/0", 300).call("release", "o/1", 400)),
        Arguments.of(Kind.MISSING_CALL, orderUntilUndoing().call("release", "o/1", 300)));
  }

  @ParameterizedTest
  @MethodSource("wrongHistories")
  void each_wrong_history_is_found_and_named(Kind kind, Histories history) {
    assertThat(history.account().violations()).extracting(Violation::kind).contains(kind);
  }
}
