package io.penstock.simulator.shell;

import io.penstock.orchestrator.stream.OrchestratorTopology;
import io.penstock.schema.ConsumerGroup;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** What a stream processor sees of Kafka Streams. */
final class SimulatedContext implements ProcessorContext<byte[], byte[]> {
  private final int partition;
  private final Map<String, StateStore> stores;
  private final Sink sink;
  private Optional<RecordMetadata> at = Optional.empty();
  private Punctuator punctuator = now -> {};

  /** Where forwarded records go. */
  @FunctionalInterface
  interface Sink {
    void send(String topic, Record<byte[], byte[]> record);
  }

  SimulatedContext(int partition, Map<String, StateStore> stores, Sink sink) {
    this.partition = partition;
    this.stores = stores;
    this.sink = sink;
  }

  void at(RecordMetadata place) {
    at = Optional.of(place);
  }

  void tick(long wallClockMillis) {
    punctuator.punctuate(wallClockMillis);
  }

  /** Overridden in its raw form: {@code <K extends byte[]>} cannot be written down. */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public void forward(Record record, String sinkName) {
    sink.send(OrchestratorTopology.topicOf(sinkName), record);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void forward(Record record) {
    throw new UnsupportedOperationException("to which topic?");
  }

  @Override
  public TaskId taskId() {
    return new TaskId(0, partition);
  }

  @Override
  public Optional<RecordMetadata> recordMetadata() {
    return at;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as its interface has it
  public <S extends StateStore> S getStateStore(String name) {
    return (S) stores.get(name);
  }

  @Override
  public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
    punctuator = callback;
    return () -> punctuator = now -> {};
  }

  @Override
  public Cancellable schedule(
      Instant startTime, Duration interval, PunctuationType type, Punctuator callback) {
    return schedule(interval, type, callback);
  }

  @Override
  public String applicationId() {
    return ConsumerGroup.ORCHESTRATOR;
  }

  @Override
  public void commit() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Serde<?> keySerde() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Serde<?> valueSerde() {
    throw new UnsupportedOperationException();
  }

  @Override
  public File stateDir() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamsMetrics metrics() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> appConfigs() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> appConfigsWithPrefix(String prefix) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long currentSystemTimeMs() {
    throw new UnsupportedOperationException("a decision must not ask for it");
  }

  @Override
  public long currentStreamTimeMs() {
    throw new UnsupportedOperationException("a decision must not ask for it");
  }
}
