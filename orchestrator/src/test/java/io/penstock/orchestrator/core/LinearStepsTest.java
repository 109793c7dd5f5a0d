package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.limitedTo;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.withOutput;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One step after the other. */
class LinearStepsTest {

  @Test
  void an_event_requests_the_first_step() {
    given(notStarted(enrich("company"), tell("sales", "new")))
        .when(started().at("10:00:00"))
        .then(executionStarted(), requested("company"), wakeUp("11:00:00"))
        .sends("company#1.1.1")
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void the_next_step_is_requested_when_the_one_before_it_has_its_output() {
    given(anExecution(enrich("company"), tell("sales", "new")))
        .when(attempt(1).of("company").succeeds(Map.of("employees", 7)))
        .then(completed("company", Map.of("employees", 7)), requested("sales"))
        .sends("sales#1.1.1");
  }

  @Test
  void the_last_output_completes_the_execution_and_its_state_is_dropped() {
    given(anExecution(enrich("company")))
        .when(attempt(1).of("company").succeeds("ok"))
        .then(completed("company", "ok"), executionCompleted(), forgotten())
        .sends()
        .status(ExecutionStatus.COMPLETED);
  }

  @Test
  void the_output_of_the_execution_is_what_the_workflow_says() {
    given(
            anExecution(
                withOutput(
                    workflow(enrich("company")),
                    Map.of("size", "{{ steps.company.output.employees }}"))))
        .when(attempt(1).of("company").succeeds(Map.of("employees", 7)))
        .then(
            completed("company", Map.of("employees", 7)),
            executionCompleted(Map.of("size", 7)),
            forgotten());
  }

  @Test
  void an_output_that_cannot_be_made_fails_the_execution_after_its_last_step() {
    given(
            anExecution(
                withOutput(workflow(enrich("company")), "{{ steps.company.output.employees }}")))
        .when(attempt(1).of("company").succeeds(Map.of()))
        .then(
            completed("company", Map.of()),
            before ->
                Stream.of(
                    new Fact.ExecutionFailed(
                        Optional.empty(),
                        StepError.of(
                            ErrorType.EXPRESSION,
                            "output of the workflow: cannot evaluate"
                                + " 'steps.company.output.employees':"
                                + " steps.company.output.employees is not there"
                                + " ('steps.company.output' has no such member); where it may be"
                                + " absent write"
                                + " steps.company.output[?\"employees\"].orValue(…)"))),
            ExpectedFact.keptFor(Duration.ofDays(30)))
        .status(ExecutionStatus.FAILED);
  }

  @Test
  void a_command_carries_what_its_step_names_and_nothing_else() {
    given(notStarted(enrich("company", Map.of("mail", "{{ input.email }}")), tell("sales", "new")))
        .when(startedWith(Map.of("email", "ada@example.com")))
        .then(
            ExpectedFact.executionStartedWith(Map.of("email", "ada@example.com")),
            requested("company"),
            wakeUp("11:00:00"))
        .sendsContext("{\"input\":{\"email\":\"ada@example.com\"}}");
  }

  @Test
  void a_command_carries_the_named_part_of_an_earlier_output() {
    given(
            anExecution(
                enrich("company"),
                tell("sales", "{{ steps.company.output.name }} of {{ input.email }}")))
        .when(attempt(1).of("company").succeeds(Map.of("name", "Acme")))
        .then(completed("company", Map.of("name", "Acme")), requested("sales"))
        .sendsContext(
            "{\"input\":{\"email\":\"ada@example.com\"},"
                + "\"steps\":{\"company\":{\"output\":{\"name\":\"Acme\"}}}}");
  }

  @Test
  void a_member_that_an_output_lacks_is_left_out_of_the_command() {
    given(anExecution(enrich("company"), tell("sales", "{{ steps.company.output.name }}")))
        .when(attempt(1).of("company").succeeds(Map.of("size", 7)))
        .then(completed("company", Map.of("size", 7)), requested("sales"))
        .sendsContext("{\"steps\":{\"company\":{\"output\":{}}}}");
  }

  /** Commands are decided again in other processes, so that even their order must be fixed. */
  @Test
  void what_an_expression_reads_of_the_execution_has_one_order() {
    Scenario.Then sent = given(notStarted(tell("sales", "{{ execution.id }}"))).when(started());
    sent.sendsContext(
        "{\"execution\":{\"id\":\""
            + sent.execution().id()
            + "\",\"workflow\":\"leads\",\"version\":\"1.0.0\"}}");
  }

  @Test
  void a_command_says_where_its_outcome_must_go_and_what_it_is_about() {
    Scenario.Then sent =
        given(notStarted(limitedTo(enrich("company"), Duration.ofSeconds(10))))
            .when(started().at("10:00:00"));
    assertThat(sent.result().messages().getFirst())
        .isInstanceOfSatisfying(
            Message.Command.class,
            command -> {
              assertThat(command.request().replyPartition()).isEqualTo(PlayedExecution.PARTITION);
              assertThat(command.request().timeout()).contains(Duration.ofSeconds(10));
              assertThat(command.request().requestedAt()).isEqualTo(Times.at("10:00:00"));
              assertThat(command.request().version()).isEqualTo("1.0.0");
            });
  }

  @Test
  void what_a_call_consumed_stands_beside_its_output() {
    Usage usage = new Usage("small", 100, 20, Optional.of(45L));
    Scenario.Then result =
        given(anExecution(enrich("company")))
            .when(attempt(1).of("company").consuming(usage).succeeds("ok"));
    assertThat(result.result().facts().getFirst())
        .isInstanceOfSatisfying(
            Fact.StepCompleted.class, fact -> assertThat(fact.usage()).contains(usage));
  }

  @Test
  void what_a_failed_call_consumed_is_not_forgotten() {
    Usage usage = new Usage("small", 100, 20, Optional.empty());
    Scenario.Then result =
        given(anExecution(enrich("company")))
            .when(attempt(1).of("company").consuming(usage).failsTransiently("500"));
    assertThat(result.result().facts().getFirst())
        .isInstanceOfSatisfying(
            Fact.AttemptFailed.class, fact -> assertThat(fact.usage()).contains(usage));
  }
}
