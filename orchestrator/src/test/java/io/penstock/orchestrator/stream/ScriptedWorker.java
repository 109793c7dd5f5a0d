package io.penstock.orchestrator.stream;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Plays all workers: reads commands uncommitted, as they do, notes each as one call to the outside,
 * and answers as the script says.
 */
final class ScriptedWorker implements AutoCloseable {
  private final List<StepRequested> calls = new CopyOnWriteArrayList<>();
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Function<StepRequested, Optional<StepOutcome.Result>> script;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param script empty: no answer
   */
  ScriptedWorker(
      String bootstrapServers, Function<StepRequested, Optional<StepOutcome.Result>> script) {
    this.script = script;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_uncommitted"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(StepKind.values())
            .map(kind -> new TopicPartition(Topic.stepsOf(kind).topicName(), 0))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    thread = Thread.ofPlatform().daemon().start(this::work);
  }

  List<StepRequested> calls() {
    return List.copyOf(calls);
  }

  long calls(String path) {
    return calls.stream().filter(call -> call.id().path().value().equals(path)).count();
  }

  void answer(StepRequested call, StepOutcome.Result result) {
    Instant now = Instant.now();
    var unused =
        producer.send(
            MessageCodec.encode(
                    new StepOutcome(call.id(), result, Optional.empty(), now, now, "scripted"),
                    "/test")
                .to(Topic.INPUTS.topicName(), call.replyPartition()));
    producer.flush();
  }

  private void work() {
    while (!closed) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
        try {
          StepRequested call = MessageCodec.decodeStepRequested(record.headers(), record.value());
          calls.add(call);
          script.apply(call).ifPresent(result -> answer(call, result));
        } catch (UnreadableRecordException e) {
          throw new AssertionError(e);
        }
      }
    }
    consumer.close();
    producer.close();
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
