package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trace that an event brings is that of all records of its executions, unchanged. */
class TracesTest {
  private static final String FIRST = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String OTHER = "00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01";

  private static final String WORKFLOW =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: company
          enrich: {api: crm, request: {method: GET, path: /x}}
          retry: {delays: [5s]}
      """;

  @TempDir Path stateDir;
  private TopologyHarness topology;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(stateDir, 0);
    topology.define(WORKFLOW);
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void a_command_after_a_retry_timer_is_in_the_trace_of_its_event() throws Exception {
    input(OnePartitionBroker.accepted("e1", "lead", "1.0.0"), FIRST);
    CommandId command = onlyCommand(FIRST);
    input(failure(command), FIRST);
    topology.pass(Duration.ofSeconds(6));
    assertThat(onlyCommand(FIRST).attempt()).isEqualTo(2);
    assertThat(traces(Topic.HISTORY)).containsOnly(FIRST).hasSize(3);
  }

  @Test
  void an_event_that_comes_again_does_not_change_the_trace() throws Exception {
    input(OnePartitionBroker.accepted("e1", "lead", "1.0.0"), FIRST);
    CommandId command = onlyCommand(FIRST);
    input(OnePartitionBroker.accepted("e1", "lead", "1.0.0"), OTHER);
    input(success(command), OTHER);
    assertThat(traces(Topic.HISTORY)).containsOnly(FIRST).hasSize(3);
  }

  @Test
  void without_tracing_nothing_is_kept_and_nothing_is_written() throws Exception {
    input(OnePartitionBroker.accepted("e1", "lead", "1.0.0"), null);
    int without = topology.changelog().stream().mapToInt(TracesTest::length).sum();
    input(OnePartitionBroker.accepted("e2", "lead", "1.0.0"), FIRST);
    int with = topology.changelog().stream().mapToInt(TracesTest::length).sum();
    assertThat(with - without).as("the trace more").isBetween(FIRST.length(), FIRST.length() + 5);
    assertThat(traces(Topic.HISTORY)).containsExactly("none", FIRST);
  }

  @Test
  void a_header_that_is_no_trace_context_is_not_passed_on() throws Exception {
    input(OnePartitionBroker.accepted("e1", "lead", "1.0.0"), "00-anything-that-somebody-sent");
    assertThat(traces(Topic.HISTORY)).containsExactly("none");
  }

  private void input(Input input, String trace) {
    Encoded encoded = MessageCodec.encode(input, "/test");
    Headers headers = new RecordHeaders(encoded.headers());
    if (trace != null) {
      headers.add(TraceParent.HEADER, trace.getBytes(UTF_8));
    }
    topology.raw(encoded.key(), encoded.value(), headers);
  }

  private CommandId onlyCommand(String trace) throws UnreadableRecordException {
    List<TestRecord<byte[], byte[]>> commands = topology.written(Topic.STEPS_ENRICH);
    assertThat(commands).hasSize(1);
    TestRecord<byte[], byte[]> command = commands.getFirst();
    assertThat(trace(command)).isEqualTo(trace);
    return MessageCodec.decodeStepRequested(command.headers(), command.value()).id();
  }

  private static int length(TestRecord<byte[], byte[]> change) {
    return change.value() == null ? 0 : change.value().length;
  }

  private List<String> traces(Topic topic) {
    return topology.written(topic).stream().map(TracesTest::trace).toList();
  }

  private static String trace(TestRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(TraceParent.HEADER);
    return header == null ? "none" : new String(header.value(), UTF_8);
  }

  private StepOutcome failure(CommandId command) {
    return outcome(
        command, new StepOutcome.Failed(StepError.of(ErrorType.TIMEOUT, "slow"), Optional.empty()));
  }

  private StepOutcome success(CommandId command) {
    return outcome(command, new StepOutcome.Succeeded(Json.NULL));
  }

  private StepOutcome outcome(CommandId command, StepOutcome.Result result) {
    return new StepOutcome(
        command, result, Optional.empty(), topology.now(), topology.now(), "worker-1");
  }
}
