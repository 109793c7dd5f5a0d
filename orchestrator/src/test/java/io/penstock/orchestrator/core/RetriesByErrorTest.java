package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.retried;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.QUOTA;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.ErrorType.TIMEOUT;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ErrorType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules for types of errors, in place of one schedule for whatever is retriable. */
class RetriesByErrorTest {
  private static final Step RULED =
      retried(
          enrich("company"),
          new Retry(
              List.of(
                  new Retry.Rule(Set.of(RUNTIME, QUOTA), seconds(30, 40)),
                  new Retry.Rule(Set.of(TIMEOUT), seconds())),
              seconds(1, 2, 3)));

  @Test
  void a_rule_has_a_terminal_error_tried_again() {
    given(anExecution(RULED))
        .when(attempt(1).of("company").fails(QUOTA, "insufficient").at("10:00:04"))
        .then(
            attemptFailed("company", 1, QUOTA, "insufficient"),
            retryScheduled("company", 2, "10:00:34"),
            wakeUp("10:00:34"));
  }

  @Test
  void a_rule_without_delays_makes_a_retriable_error_final() {
    given(anExecution(RULED))
        .when(attempt(1).of("company").fails(TIMEOUT, "slow"))
        .then(
            attemptFailed("company", 1, TIMEOUT, "slow"),
            stepFailed("company", 1, TIMEOUT, "slow"),
            suspendedBy("company", TIMEOUT, "slow"));
  }

  @Test
  void a_retriable_error_without_a_rule_takes_the_one_for_all_others() {
    given(anExecution(RULED))
        .when(attempt(1).of("company").fails(COMMUNICATION, "503").at("10:00:04"))
        .then(
            attemptFailed("company", 1, COMMUNICATION, "503"),
            retryScheduled("company", 2, "10:00:05"),
            wakeUp("10:00:05"));
  }

  @Test
  void a_terminal_error_without_a_rule_stays_terminal() {
    given(anExecution(RULED))
        .when(attempt(1).of("company").fails(ErrorType.AUTHORIZATION, "403"))
        .then(
            attemptFailed("company", 1, ErrorType.AUTHORIZATION, "403"),
            stepFailed("company", 1, ErrorType.AUTHORIZATION, "403"),
            suspendedBy("company", ErrorType.AUTHORIZATION, "403"));
  }

  @Test
  void attempts_count_whatever_they_failed_of() {
    given(
            anExecution(RULED)
                .after(
                    attempt(1).of("company").fails(COMMUNICATION, "503").at("10:00:04"),
                    timerFires().at("10:00:05")))
        .when(attempt(2).of("company").fails(RUNTIME, "418").at("10:00:06"))
        .then(
            attemptFailed("company", 2, RUNTIME, "418"),
            retryScheduled("company", 3, "10:00:46"), // the second delay of that rule
            wakeUp("10:00:46"));
  }

  @Test
  void a_rule_is_used_up_by_retries_of_the_others() {
    given(
            anExecution(RULED)
                .after(
                    attempt(1).of("company").fails(COMMUNICATION, "503").at("10:00:04"),
                    timerFires().at("10:00:05"),
                    attempt(2).of("company").fails(COMMUNICATION, "503").at("10:00:06"),
                    timerFires().at("10:00:08")))
        .when(attempt(3).of("company").fails(RUNTIME, "418"))
        .then(
            attemptFailed("company", 3, RUNTIME, "418"),
            stepFailed("company", 3, RUNTIME, "418"),
            suspendedBy("company", RUNTIME, "418"));
  }

  @Test
  void each_rule_has_its_own_limit_from_the_same_first_attempt() {
    Retry retry =
        new Retry(
            List.of(new Retry.Rule(Set.of(TIMEOUT), within(Duration.ofMinutes(1)))),
            within(Duration.ofMinutes(2)));
    Step step = retried(enrich("company"), retry);
    given(
            anExecution(step)
                .after(
                    attempt(1).of("company").fails(COMMUNICATION, "503").at("10:00:55"),
                    timerFires().at("10:01:05")))
        .when(attempt(2).of("company").fails(COMMUNICATION, "503").at("10:01:06"))
        .then(
            attemptFailed("company", 2, COMMUNICATION, "503"),
            retryScheduled("company", 3, "10:01:16"),
            wakeUp("10:01:16"));
  }

  @Test
  void the_shorter_limit_of_another_rule_counts_for_its_errors() {
    Retry retry =
        new Retry(
            List.of(new Retry.Rule(Set.of(TIMEOUT), within(Duration.ofMinutes(1)))),
            within(Duration.ofMinutes(2)));
    String why =
        "slow (not tried again: that would begin more than PT1M, the limit.duration of its retry, after the first attempt)";
    given(anExecution(retried(enrich("company"), retry)))
        .when(attempt(1).of("company").fails(TIMEOUT, "slow").at("10:00:51"))
        .then(
            attemptFailed("company", 1, TIMEOUT, "slow"),
            stepFailed("company", 1, TIMEOUT, why),
            suspendedBy("company", TIMEOUT, why));
  }

  private static Retry.Schedule seconds(int... delays) {
    return new Retry.Delays(Arrays.stream(delays).mapToObj(Duration::ofSeconds).toList(), 0);
  }

  private static Retry.Schedule within(Duration limit) {
    Duration ten = Duration.ofSeconds(10);
    return new Retry.Delays(List.of(ten, ten, ten), 0, Optional.of(limit));
  }
}
