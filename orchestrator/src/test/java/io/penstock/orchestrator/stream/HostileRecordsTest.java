package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that nobody should have written, between good ones, on a real broker. */
class HostileRecordsTest {
  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: tell
          notify: {api: crm, request: {method: POST, path: /deals}}
      """;

  @TempDir Path directory;

  @Test
  void no_record_stops_the_partition_and_none_is_lost_without_a_trace() throws Exception {
    byte[] largest = new byte[1_048_000];
    Arrays.fill(largest, (byte) 0xfe);
    try (OnePartitionBroker broker = new OnePartitionBroker(directory);
        ScriptedWorker worker =
            new ScriptedWorker(
                broker.bootstrapServers(),
                call -> Optional.of(new StepOutcome.Succeeded(Json.EMPTY_OBJECT)))) {
      broker.send(garbage(Topic.DEFINITIONS, "{".getBytes(UTF_8)));
      broker.send(garbage(Topic.DEFINITIONS, new byte[] {0, (byte) 0xff}));
      broker.define(LEAD);
      broker.send(garbage(Topic.INPUTS, new byte[] {0, (byte) 0xff}));
      broker.send(garbage(Topic.INPUTS, largest));
      broker.send(new ProducerRecord<>(Topic.INPUTS.topicName(), 0, null, null));
      broker.input(
          new StepOutcome(
              new CommandId(new ExecutionId("lead~nobody"), new StepPath("tell"), 1, 1, 1),
              new StepOutcome.Succeeded(Json.EMPTY_OBJECT),
              Optional.empty(),
              Instant.EPOCH,
              Instant.EPOCH,
              "nobody"));
      for (String type : List.of("event.accepted", "step.outcome", "timer.due", "control")) {
        broker.send(incomplete("io.penstock." + type + ".v1"));
      }
      broker.send(datedTenDaysAhead("e1"));
      ExecutionId last = broker.event("e2", "lead", "1.0.0");

      try (OrchestratorStreams orchestrator = broker.orchestrator()) {
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(() -> broker.history(last), HostileRecordsTest::hasEnded);
        await()
            .atMost(OnePartitionBroker.PATIENCE)
            .until(() -> broker.history(OnePartitionBroker.executionOf("e1", "lead")).size() == 2);
      }

      List<ConsumerRecord<byte[], byte[]>> letters =
          broker.committed(Topic.INPUTS.deadLetterTopicName());
      assertThat(letters).hasSize(7);
      assertThat(letters.get(0).value()).containsExactly(0, 0xff);
      assertThat(letters.get(1).value()).isEqualTo(largest);
      assertThat(letters.get(2).value()).isNull();
      assertThat(letters)
          .allSatisfy(
              letter ->
                  assertThat(
                          new String(letter.headers().lastHeader(DeadLetter.REASON).value(), UTF_8))
                      .isEqualTo("unreadable"));
      assertThat(broker.history(OnePartitionBroker.executionOf("e1", "lead")))
          .as("the broker's clock counts, not the record's")
          .allSatisfy(record -> assertThat(record.at()).isBefore(Instant.now().plusSeconds(60)));
      assertThat(worker.calls("tell")).isEqualTo(2);
    }
  }

  private static boolean hasEnded(List<HistoryRecord> history) {
    return history.stream()
        .anyMatch(record -> record.status().filter(status -> status.isEnd()).isPresent());
  }

  private static ProducerRecord<byte[], byte[]> garbage(Topic topic, byte[] value) {
    return new ProducerRecord<>(topic.topicName(), 0, new byte[] {1, 2}, value);
  }

  /** JSON, of a type that we know, with nothing in it. */
  private static ProducerRecord<byte[], byte[]> incomplete(String ceType) {
    ProducerRecord<byte[], byte[]> record = garbage(Topic.INPUTS, "{}".getBytes(UTF_8));
    record.headers().add(MessageCodec.CE_TYPE, ceType.getBytes(UTF_8));
    return record;
  }

  private static ProducerRecord<byte[], byte[]> datedTenDaysAhead(String id) {
    Encoded event = MessageCodec.encode(OnePartitionBroker.accepted(id, "lead", "1.0.0"), "/test");
    return new ProducerRecord<>(
        Topic.INPUTS.topicName(),
        0,
        Instant.now().plus(Duration.ofDays(10)).toEpochMilli(),
        event.key(),
        event.value(),
        event.headers());
  }
}
