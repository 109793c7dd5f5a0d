package io.penstock.console.deadletter;

import io.penstock.console.projection.OvertakenException;
import io.penstock.console.projection.PositionedConsumer;
import io.penstock.console.projection.RefusedData;
import io.penstock.console.projection.StoredPositions;
import io.penstock.console.projection.Transaction;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Letters in PostgreSQL, written together with the position up to which they were read. */
final class LetterStore implements PositionedConsumer.Target {
  private static final Logger LOG = LoggerFactory.getLogger(LetterStore.class);

  private final DataSource database;

  LetterStore(DataSource database) {
    this.database = database;
  }

  @Override
  public Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions)
      throws SQLException, OvertakenException {
    return Transaction.run(database, connection -> StoredPositions.of(connection, partitions));
  }

  @Override
  public void write(
      ConsumerRecords<byte[], byte[]> records,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to)
      throws SQLException, OvertakenException {
    List<Letter> letters = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      letters.add(LetterReader.read(record));
    }
    try {
      write(letters, from, to);
    } catch (SQLException e) {
      if (!RefusedData.isIn(e)) {
        throw e;
      }
      write(storable(letters, from), from, to);
    }
  }

  private void write(
      List<Letter> letters, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to)
      throws SQLException, OvertakenException {
    Transaction.run(
        database,
        connection -> {
          Transaction.findByIndex(connection);
          LettersOfSteps history = new LettersOfSteps(connection);
          history.keepHistoryOut();
          StoredPositions.claim(connection, from);
          new LetterTables(connection).write(letters);
          history.priceAndResolve(
              LettersOfSteps.NEW, List.of(letters.stream().map(Letter::id).toList()));
          StoredPositions.move(connection, to);
          return to;
        });
  }

  /**
   * Tries each alone. There is no other place for those that are refused: they stay as far as they
   * can.
   */
  private List<Letter> storable(List<Letter> letters, Map<TopicPartition, Long> from)
      throws SQLException, OvertakenException {
    List<Letter> storable = new ArrayList<>(letters.size());
    for (Letter letter : letters) {
      try {
        write(List.of(letter), from, from);
        storable.add(letter);
      } catch (SQLException e) {
        if (!RefusedData.isIn(e)) {
          throw e;
        }
        LOG.atError()
            .addKeyValue("topic", letter.topic())
            .addKeyValue("partition", letter.origin().partition())
            .addKeyValue("offset", letter.origin().offset())
            .addKeyValue("sqlState", e.getSQLState())
            .log("a dead letter could not be stored whole");
        storable.add(letter.stripped("SQLSTATE " + e.getSQLState()));
      }
    }
    return storable;
  }

  /** Forgets all that is read again; what people decided is put aside for that time. */
  void clear(Collection<String> topics) throws SQLException, OvertakenException {
    Transaction.run(
        database,
        connection -> {
          StoredPositions.forget(connection, topics);
          try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                """
                delete from console.dead_letter_kept k using console.dead_letter l
                where l.id = k.id and l.status in ('open', 'resolved')""");
            statement.executeUpdate(
                """
                insert into console.dead_letter_kept (id, status, status_at)
                select id, status, status_at from console.dead_letter
                where status in ('replaying', 'discarded', 'parked')
                   or (kind = 'record' and status = 'resolved')
                on conflict (id) do update
                  set status = excluded.status, status_at = excluded.status_at""");
            return statement.executeUpdate(
                "truncate console.dead_letter, console.dead_letter_group");
          }
        });
  }
}
