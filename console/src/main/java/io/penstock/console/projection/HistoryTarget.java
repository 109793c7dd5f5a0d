package io.penstock.console.projection;

import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.UnreadableRecordException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns records of {@code penstock.history} into rows, and what is none into dead letters. */
final class HistoryTarget implements PositionedConsumer.Target {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryTarget.class);

  private final ProjectionStore store;
  private final BatchWriter writer;
  private final DeadLetters deadLetters;

  HistoryTarget(ProjectionStore store, DeadLetters deadLetters) {
    this.store = store;
    this.writer = new BatchWriter(store, deadLetters);
    this.deadLetters = deadLetters;
  }

  @Override
  public Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions)
      throws SQLException, OvertakenException {
    return store.positions(partitions);
  }

  @Override
  public void write(
      ConsumerRecords<byte[], byte[]> records,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to)
      throws SQLException, OvertakenException {
    List<HistoryEntry> entries = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      read(record).ifPresent(entries::add);
    }
    writer.write(new HistoryBatch(entries, from, to));
  }

  private Optional<HistoryEntry> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Optional.of(HistoryEntry.read(record));
    } catch (UnreadableRecordException e) {
      LOG.atError()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("a record is no history and became a dead letter");
      deadLetters.send(record, DeadLetter.UNREADABLE, e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    deadLetters.close();
  }
}
