package io.penstock.console.projection;

import io.penstock.schema.kafka.DeadLetter;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a batch into the store whatever is in it: an entry that the store refuses, or that our own
 * code fails on, becomes a dead letter and the others are written.
 */
final class BatchWriter {
  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);

  private final ProjectionStore store;
  private final DeadLetters deadLetters;

  BatchWriter(ProjectionStore store, DeadLetters deadLetters) {
    this.store = store;
    this.deadLetters = deadLetters;
  }

  /**
   * @throws SQLException if the database cannot be used now; nothing of the batch, or whole entries
   *     from its beginning, were written
   */
  void write(HistoryBatch batch) throws SQLException, OvertakenException {
    try {
      store.write(batch);
    } catch (SQLException e) {
      if (!RefusedData.isIn(e)) {
        throw e;
      }
      oneByOne(batch);
    } catch (RuntimeException e) {
      oneByOne(batch);
    }
  }

  private void oneByOne(HistoryBatch batch) throws SQLException, OvertakenException {
    Map<TopicPartition, Long> positions = new HashMap<>(batch.from());
    for (HistoryEntry entry : batch.entries()) {
      TopicPartition partition =
          new TopicPartition(entry.origin().topic(), entry.origin().partition());
      Map<TopicPartition, Long> to = Map.of(partition, entry.origin().offset() + 1);
      Map<TopicPartition, Long> from = Map.of(partition, positions.get(partition));
      writeOne(entry, new HistoryBatch(List.of(entry), from, to));
      positions.putAll(to);
    }
    store.write(new HistoryBatch(List.of(), positions, batch.to()));
  }

  private void writeOne(HistoryEntry entry, HistoryBatch alone)
      throws SQLException, OvertakenException {
    try {
      store.write(alone);
    } catch (SQLException e) {
      if (!RefusedData.isIn(e)) {
        throw e;
      }
      refuse(entry.origin(), "PostgreSQL refuses it: SQLSTATE " + e.getSQLState(), e);
      store.write(new HistoryBatch(List.of(), alone.from(), alone.to()));
    } catch (RuntimeException e) {
      refuse(entry.origin(), "it could not be projected: a bug of the console", e);
      store.write(new HistoryBatch(List.of(), alone.from(), alone.to()));
    }
  }

  private void refuse(ConsumerRecord<byte[], byte[]> origin, String reason, Exception cause) {
    // Without the exception: its message may quote the payload.
    LOG.atError()
        .addKeyValue("topic", origin.topic())
        .addKeyValue("partition", origin.partition())
        .addKeyValue("offset", origin.offset())
        .addKeyValue("reason", reason)
        .addKeyValue("cause", cause.getClass().getName())
        .log("a history record could not be stored and became a dead letter");
    deadLetters.send(origin, DeadLetter.INTERNAL, reason + " (" + cause.getClass().getName() + ")");
  }
}
