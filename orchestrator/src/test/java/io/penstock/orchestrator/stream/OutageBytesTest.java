package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an execution that waits for a sick Api adds to the topics, by their real records. */
class OutageBytesTest {
  /**
   * As often as an execution comes back on average during an outage of an hour at twenty starts a
   * second: {@code SickApiTest} of step-workers holds that.
   */
  private static final int DEFERRALS = 5;

  private static final String REASON = "Api 'crm': its circuit is open, it did not work";
  private static final Optional<String> TICKET = Optional.of("met-sick");

  /** Of a usual size: five steps, of which the first calls what is sick. */
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - {id: a, enrich: {api: crm, request: {method: POST, path: /x, body: "{{ input }}"}}}
        - {id: b, enrich: {api: crm, request: {method: POST, path: /x, body: "{{ steps.a.output }}"}}}
        - {id: c, enrich: {api: crm, request: {method: POST, path: /x, body: "{{ steps.b.output }}"}}}
        - {id: d, enrich: {api: crm, request: {method: POST, path: /x, body: "{{ steps.c.output }}"}}}
        - {id: e, enrich: {api: crm, request: {method: POST, path: /x, body: "{{ steps.d.output }}"}}}
      """;

  private static final String DATA = "{\"text\":\"%s\"}".formatted("x".repeat(600));

  @TempDir Path directory;

  @Test
  void an_outage_of_an_hour_does_not_double_what_its_executions_write() {
    long usual = bytes(0);
    long waiting = bytes(DEFERRALS);
    assertThat(waiting).isBetween(usual + 1, 2 * usual - 1);
  }

  private long bytes(int deferrals) {
    try (TopologyHarness topology =
        new TopologyHarness(directory.resolve(Integer.toString(deferrals)), 0)) {
      topology.define(WORKFLOW);
      Bytes bytes = new Bytes(topology);
      topology.event("e1", "lead", "1.0.0", DATA);
      StepRequested command = bytes.command();
      for (int i = 0; i < deferrals; i++) {
        topology.outcome(
            command.id(), new StepOutcome.Deferred(Duration.ofMinutes(5), REASON, TICKET));
        topology.pass(Duration.ofMinutes(6));
        command = bytes.command();
      }
      for (int step = 0; step < 5; step++) {
        topology.succeeds(command.id(), DATA);
        if (step < 4) {
          command = bytes.command();
        }
      }
      return bytes.all();
    }
  }

  /** Counts what was written. */
  private static final class Bytes {
    private final TopologyHarness topology;
    private long commands;

    Bytes(TopologyHarness topology) {
      this.topology = topology;
    }

    StepRequested command() {
      List<TestRecord<byte[], byte[]>> written = topology.written(Topic.stepsOf(StepKind.ENRICH));
      commands += sizeOf(written);
      try {
        TestRecord<byte[], byte[]> last = written.getLast();
        return MessageCodec.decodeStepRequested(last.headers(), last.value());
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    }

    /** What entered, too. */
    long all() {
      return commands
          + topology.enteredBytes()
          + sizeOf(topology.written(Topic.HISTORY))
          + sizeOf(topology.changelog());
    }

    static long sizeOf(List<TestRecord<byte[], byte[]>> records) {
      return records.stream().mapToLong(Bytes::sizeOf).sum();
    }

    private static long sizeOf(TestRecord<byte[], byte[]> record) {
      long size = (long) length(record.key()) + length(record.value());
      for (var header : record.headers()) {
        size += (long) header.key().length() + length(header.value());
      }
      return size;
    }

    private static int length(byte[] bytes) {
      return bytes == null ? 0 : bytes.length;
    }
  }
}
