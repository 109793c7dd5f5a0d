package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.Definitions;
import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.schema.Topic;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/**
 * A process stands still for longer than its session (SIGSTOP, a swapped machine), and goes on with
 * the records in its buffer: another one may have decided them, and the outside may have answered.
 */
class StandstillTest {
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: welcome
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: look
          enrich: {api: crm, request: {method: GET, path: /look}}
        - id: tell
          notify: {api: crm, request: {method: POST, path: /tell}}
      """;

  private final Workflow workflow =
      (Workflow)
          DefinitionReader.read("test.yaml", WORKFLOW.getBytes(StandardCharsets.UTF_8))
              .definitions()
              .getFirst()
              .definition();
  private final Definitions definitions = (name, version) -> Optional.of(workflow);
  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private long nanos;
  private long end;
  private long offset;

  @Test
  void what_was_answered_meanwhile_is_not_asked_again() {
    Processor<byte[], byte[], byte[], byte[]> processor = processor();

    standStill(Duration.ofSeconds(6));
    end = 2; // another process has decided the event, and its first step is answered
    take(processor, OnePartitionBroker.accepted("e-1", "welcome", "1.0.0"));
    take(processor, answered("e-1", "look"));

    assertThat(sentTo(Topic.STEPS_ENRICH)).isZero();
    assertThat(sentTo(Topic.STEPS_NOTIFY)).isOne();
  }

  @Test
  void a_short_pause_holds_nothing_back() {
    Processor<byte[], byte[], byte[], byte[]> processor = processor();

    standStill(Duration.ofSeconds(4));
    end = 2;
    take(processor, OnePartitionBroker.accepted("e-1", "welcome", "1.0.0"));

    assertThat(sentTo(Topic.STEPS_ENRICH)).isOne();
  }

  @Test
  void with_nothing_new_in_the_log_it_waits_for_nothing() {
    Processor<byte[], byte[], byte[], byte[]> processor = processor();
    take(processor, OnePartitionBroker.accepted("e-1", "welcome", "1.0.0"));
    end = 1;

    standStill(Duration.ofSeconds(6));
    take(processor, OnePartitionBroker.accepted("e-2", "welcome", "1.0.0"));

    assertThat(sentTo(Topic.STEPS_ENRICH)).isEqualTo(2);
  }

  private Processor<byte[], byte[], byte[], byte[]> processor() {
    add(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(OrchestratorTopology.STATE),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build());
    add(
        Stores.windowStoreBuilder(
                Stores.inMemoryWindowStore(
                    OrchestratorTopology.SEEN_EVENTS,
                    Duration.ofDays(4),
                    Duration.ofMillis(1),
                    false),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled()
            .build());
    Processor<byte[], byte[], byte[], byte[]> processor =
        OrchestratorTopology.processor(
            definitions,
            new ExecutionDecider(definitions),
            partition -> end,
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
            1,
            Duration.ofSeconds(5),
            () -> nanos);
    processor.init(context);
    return processor;
  }

  private void add(StateStore store) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  private void standStill(Duration time) {
    nanos += time.toNanos();
  }

  private static StepOutcome answered(String event, String step) {
    return new StepOutcome(
        new CommandId(
            OnePartitionBroker.executionOf(event, "welcome"), new StepPath(step), 1, 1, 1),
        new StepOutcome.Succeeded(Json.EMPTY_OBJECT),
        Optional.empty(),
        Instant.EPOCH,
        Instant.EPOCH,
        "worker-1");
  }

  private void take(Processor<byte[], byte[], byte[], byte[]> processor, Input input) {
    Encoded encoded = MessageCodec.encode(input, "/test");
    context.setRecordMetadata(Topic.INPUTS.topicName(), 0, offset++);
    processor.process(
        new Record<>(
            encoded.key(), encoded.value(), Instant.now().toEpochMilli(), encoded.headers()));
  }

  private long sentTo(Topic topic) {
    List<?> sent = context.forwarded(OrchestratorTopology.sink(topic)).stream().toList();
    return sent.size();
  }
}
