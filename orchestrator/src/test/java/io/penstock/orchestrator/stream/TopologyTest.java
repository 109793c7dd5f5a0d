package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyTest {
  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: company
          enrich: {api: apollo, request: {method: POST, path: /enrich, body: {email: "{{ input.email }}"}}}
          retry: {delays: [1s]}
        - id: pipeline
          route:
            - when: steps.company.output.size > 10
              name: big
              steps:
                - id: tell
                  notify: {api: crm, request: {method: POST, path: /deals, body: {size: "{{ steps.company.output.size }}"}}}
            - otherwise:
              steps:
                - id: nurture
                  notify: {api: crm, request: {method: POST, path: /nurture}}
      output: {branch: "{{ steps.pipeline.output.name }}", deal: "{{ steps.pipeline.output.output.id }}"}
      """;

  @TempDir Path stateDir;
  private TopologyHarness topology;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(stateDir, 0);
    topology.define(LEAD);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void an_execution_goes_from_its_event_to_its_output_and_leaves_nothing_in_the_store() {
    topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\",\"secretive\":1}");
    StepRequested enrich = only(topology.commands(StepKind.ENRICH));
    assertThat(enrich.context().toString()).isEqualTo("{\"input\":{\"email\":\"a@b.example\"}}");
    topology.succeeds(enrich.id(), "{\"size\":42,\"noise\":\"x\"}");
    StepRequested route = only(topology.commands(StepKind.ROUTE));
    assertThat(route.context().toString())
        .isEqualTo("{\"steps\":{\"company\":{\"output\":{\"size\":42}}}}");
    topology.succeeds(route.id(), "{\"branch\":0}");
    StepRequested notify = only(topology.commands(StepKind.NOTIFY));
    assertThat(notify.id().path()).isEqualTo(new StepPath("pipeline/0/tell"));
    topology.succeeds(notify.id(), "{\"id\":\"d7\"}");

    List<HistoryRecord> history = topology.history();
    HistoryRecord last = history.getLast();
    assertThat(last.status()).contains(ExecutionStatus.COMPLETED);
    assertThat(last.facts())
        .filteredOn(Fact.ExecutionCompleted.class::isInstance)
        .singleElement()
        .extracting(fact -> ((Fact.ExecutionCompleted) fact).output().toString())
        .isEqualTo("{\"branch\":\"big\",\"deal\":\"d7\"}");
    assertThat(history).extracting(HistoryRecord::sequence).containsExactly(0L, 1L, 2L, 3L);
    assertThat(topology.storedEntries()).isZero();
  }

  @Test
  void a_redelivered_event_starts_nothing_and_is_seen_in_history_even_after_the_end() {
    topology.define(LEAD.replace("crm, type", "other, type").replace("name: lead", "name: later"));
    ExecutionId execution = topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    topology.control(execution, Control.Verb.CANCEL);
    topology.facts();
    topology.pass(Duration.ofDays(3));

    topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    topology.event("e1", "later", "1.0.0", "{\"email\":\"a@b.example\"}");

    assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
    assertThat(topology.facts())
        .hasSize(2)
        .allSatisfy(
            fact ->
                assertThat(((Fact.InputIgnored) fact).reason())
                    .isEqualTo(IgnoredReason.DUPLICATE_EVENT));
  }

  @Test
  void a_retry_comes_when_its_timer_is_due_and_not_before() {
    topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    CommandId first = only(topology.commands(StepKind.ENRICH)).id();
    topology.fails(first, StepError.of(ErrorType.COMMUNICATION, "connection refused"));

    topology.pass(Duration.ofMillis(900));
    assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
    topology.pass(Duration.ofMillis(100));

    CommandId second = only(topology.commands(StepKind.ENRICH)).id();
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.idempotencyKey()).isEqualTo(first.idempotencyKey());
  }

  @Test
  void an_execution_without_retries_announces_no_timer() {
    topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    topology.succeeds(only(topology.commands(StepKind.ENRICH)).id(), "{\"size\":1}");
    topology.pass(Duration.ofMinutes(30));

    assertThat(topology.timersAnnounced()).isZero();
  }

  @Test
  void a_dead_step_is_a_dead_letter_with_its_command_byte_for_byte_and_the_reason() {
    ExecutionId execution = topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    CommandId command = only(topology.commands(StepKind.ENRICH)).id();
    topology.fails(command, StepError.of(ErrorType.AUTHENTICATION, "401 from apollo"));

    TestRecord<byte[], byte[]> letter = only(topology.deadLetters(Topic.STEPS_ENRICH));
    assertThat(header(letter, DeadLetter.EXECUTION_ID)).isEqualTo(execution.value());
    assertThat(header(letter, DeadLetter.STEP_PATH)).isEqualTo("company");
    assertThat(header(letter, DeadLetter.CAUSE)).isEqualTo("401 from apollo");
    assertThat(new String(letter.value(), UTF_8)).contains("\"email\":\"a@b.example\"");
    assertThat(topology.history().getLast().status()).contains(ExecutionStatus.SUSPENDED);
  }

  @Test
  void bytes_that_nobody_can_read_are_a_dead_letter_and_the_partition_goes_on() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("x", new byte[] {1});
    topology.raw("k".getBytes(UTF_8), new byte[] {0, (byte) 0xff}, headers);
    topology.raw(null, null, new RecordHeaders());
    topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");

    List<TestRecord<byte[], byte[]>> letters = topology.deadLetters(Topic.INPUTS);
    assertThat(letters).hasSize(2);
    assertThat(letters.getFirst().value()).containsExactly(0, 0xff);
    assertThat(letters.getFirst().headers().lastHeader("x").value()).containsExactly(1);
    assertThat(header(letters.getFirst(), DeadLetter.REASON)).isEqualTo("unreadable");
    assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
  }

  @Test
  void a_bug_suspends_its_execution_dead_letters_the_input_and_spares_the_others() {
    topology.event("e1", "lead", "9.9.9", "{}"); // no such definition: the port throws
    topology.event("e2", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");

    assertThat(topology.deadLetters(Topic.INPUTS)).hasSize(1);
    HistoryRecord suspended = topology.history().getFirst();
    assertThat(suspended.status()).contains(ExecutionStatus.SUSPENDED);
    assertThat(suspended.facts().getLast())
        .isInstanceOfSatisfying(
            Fact.ExecutionSuspended.class,
            fact -> assertThat(fact.error().type()).isEqualTo(ErrorType.INTERNAL));
    assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
  }

  @Test
  void a_control_that_is_sent_twice_counts_once() {
    ExecutionId execution = topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    CommandId command = only(topology.commands(StepKind.ENRICH)).id();
    topology.fails(command, StepError.of(ErrorType.AUTHENTICATION, "401 from apollo"));
    topology.control(execution, Control.Verb.REPLAY);
    CommandId again = only(topology.commands(StepKind.ENRICH)).id();
    topology.fails(again, StepError.of(ErrorType.AUTHENTICATION, "401 from apollo"));
    topology.facts();

    topology.control(execution, Control.Verb.REPLAY);

    assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
    assertThat(topology.facts())
        .containsExactly(new Fact.InputIgnored(IgnoredReason.DUPLICATE_CONTROL, "replay c-REPLAY"));
  }

  /**
   * Otherwise its dead letter could be replayed as often as one likes, and nothing would happen.
   */
  @Test
  void a_control_that_met_a_bug_counts_when_its_letter_is_sent_back() {
    ExecutionId execution = topology.event("e1", "lead", "9.9.9", "{}"); // no such definition
    topology.deadLetters(Topic.INPUTS);
    topology.control(execution, Control.Verb.REPLAY);
    TestRecord<byte[], byte[]> letter = only(topology.deadLetters(Topic.INPUTS));
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo("internal");

    topology.define(LEAD.replace("1.0.0", "9.9.9"));
    topology.raw(letter.key(), letter.value(), letter.headers());

    assertThat(topology.commands(StepKind.ENRICH)).hasSize(1);
  }

  @Test
  void an_outcome_for_an_unknown_execution_is_ignored_and_says_so() {
    CommandId unknown = new CommandId(new ExecutionId("lead~x"), new StepPath("company"), 1, 1, 1);
    topology.succeeds(unknown, "{}");

    HistoryRecord record = only(topology.history());
    assertThat(record.status()).isEmpty();
    assertThat(record.facts())
        .containsExactly(
            new Fact.InputIgnored(
                IgnoredReason.UNKNOWN_EXECUTION, "outcome of lead~x/company#1.1.1"));
  }

  @Test
  void while_catching_up_commands_are_held_and_those_with_an_outcome_are_dropped() {
    topology.close();
    topology = new TopologyHarness(stateDir.resolve("taken-over"), 4);
    topology.define(LEAD);
    ExecutionId first = topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b.example\"}");
    topology.event("e2", "lead", "1.0.0", "{\"email\":\"c@d.example\"}");
    topology.succeeds(new CommandId(first, new StepPath("company"), 1, 1, 1), "{\"size\":1}");
    assertThat(topology.commands(StepKind.ENRICH)).isEmpty();
    assertThat(topology.commands(StepKind.ROUTE)).isEmpty();

    topology.succeeds(
        new CommandId(new ExecutionId("lead~x"), new StepPath("company"), 1, 1, 1), "{}");

    assertThat(only(topology.commands(StepKind.ENRICH)).id().execution()).isNotEqualTo(first);
    assertThat(only(topology.commands(StepKind.ROUTE)).id().execution()).isEqualTo(first);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.getFirst();
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
