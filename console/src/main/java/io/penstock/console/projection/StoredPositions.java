package io.penstock.console.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Up to where each partition was read, kept beside what was made of it. */
public final class StoredPositions {
  /** Position of a partition that was never read. */
  public static final long FROM_THE_BEGINNING = -1;

  private static final String THESE =
      "(topic, partition) in (select t collate \"C\", p from unnest(?::text[], ?::int[]) as asked(t, p))";

  private StoredPositions() {}

  /** Position by partition, each one of those asked for. */
  public static Map<TopicPartition, Long> of(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into console.projection_offset (topic, partition, next_offset)
            select t, p, ? from unnest(?::text[], ?::int[]) as asked(t, p)
            on conflict do nothing""")) {
      statement.setLong(1, FROM_THE_BEGINNING);
      bind(connection, statement, 2, List.copyOf(partitions));
      statement.executeUpdate();
    }
    return stored(connection, partitions, "");
  }

  /**
   * Keeps a second reader of the partitions out until the transaction has ended, by locks on the
   * rows.
   *
   * @param from where what is to be written begins
   * @throws OvertakenException if that is not the stored position
   */
  public static void claim(Connection connection, Map<TopicPartition, Long> from)
      throws SQLException, OvertakenException {
    Map<TopicPartition, Long> stored =
        stored(connection, from.keySet(), " order by topic, partition for update");
    if (!stored.equals(from)) {
      throw new OvertakenException(
          "read from %s, but the stored positions are %s".formatted(from, stored));
    }
  }

  public static void move(Connection connection, Map<TopicPartition, Long> to) throws SQLException {
    List<TopicPartition> partitions = List.copyOf(to.keySet());
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            update console.projection_offset o set next_offset = n.next_offset
            from unnest(?::text[], ?::int[], ?::int8[]) as n(topic, partition, next_offset)
            where o.topic = n.topic collate "C" and o.partition = n.partition""")) {
      bind(connection, statement, 1, partitions);
      statement.setArray(
          3, connection.createArrayOf("int8", partitions.stream().map(to::get).toArray()));
      statement.executeUpdate();
    }
  }

  /** So that these topics are read again from the beginning. */
  public static void forget(Connection connection, Collection<String> topics) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("delete from console.projection_offset where topic = any(?)")) {
      statement.setArray(1, connection.createArrayOf("text", topics.toArray()));
      statement.executeUpdate();
    }
  }

  private static Map<TopicPartition, Long> stored(
      Connection connection, Collection<TopicPartition> partitions, String suffix)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select topic, partition, next_offset from console.projection_offset where "
                + THESE
                + suffix)) {
      bind(connection, statement, 1, List.copyOf(partitions));
      Map<TopicPartition, Long> positions = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        }
      }
      return positions;
    }
  }

  private static void bind(
      Connection connection,
      PreparedStatement statement,
      int first,
      List<TopicPartition> partitions)
      throws SQLException {
    statement.setArray(
        first,
        connection.createArrayOf("text", partitions.stream().map(TopicPartition::topic).toArray()));
    statement.setArray(
        first + 1,
        connection.createArrayOf(
            "int4", partitions.stream().map(TopicPartition::partition).toArray()));
  }
}
