package io.penstock.console.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What alerts have seen and said, in PostgreSQL. */
final class AlertStore {
  /** Longer than something is news, and than any throttle. */
  private static final Duration KEPT = Duration.ofDays(2);

  /** Any number that nobody else locks. */
  private static final long LOCK = 0x70656e73_616c7274L;

  private static final long DELIVERY = LOCK + 1;

  private final Connection connection;

  AlertStore(Connection connection) {
    this.connection = connection;
  }

  /** Several that are alike and were not told of yet. */
  record Held(String alike, Occurrence first, long count) {}

  /**
   * A message that ingest does not have yet.
   *
   * @param tries how many times its event was taken and started nothing
   */
  record Open(String id, String alert, int tries, Json event) {}

  /** Whether no other console is at it until this transaction has ended. */
  boolean lock() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, LOCK);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** Whether no other console sends; to be followed by {@link #unlockDelivery}. */
  boolean lockDelivery() throws SQLException {
    return ask("select pg_try_advisory_lock(?)");
  }

  /** A connection that breaks unlocks by itself. */
  void unlockDelivery() throws SQLException {
    ask("select pg_advisory_unlock(?)");
  }

  private boolean ask(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, DELIVERY);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /**
   * @param alike see {@link Occurrence#alike()}
   * @param wanted false: it is remembered only, so that nobody asks again
   */
  void note(String alert, Occurrence occurrence, String alike, boolean wanted, Instant now)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into console.alert_notice (alert, occurrence, found_at, alike, state, data)
            values (?, ?, ?, ?, ?, ?::json) on conflict do nothing""")) {
      statement.setString(1, alert);
      statement.setString(2, occurrence.id());
      statement.setTimestamp(3, Timestamp.from(now));
      statement.setString(4, alike);
      statement.setString(5, wanted ? "held" : "unwanted");
      statement.setString(6, wanted ? new String(JsonMapper.write(occurrence), UTF_8) : null);
      statement.executeUpdate();
    }
  }

  /** What may be told of now: no message about the like of it is younger than the throttle. */
  List<Held> held(String alert, Duration throttle, Instant now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select distinct on (alike) alike, data, count(*) over (partition by alike)
            from console.alert_notice n
            where alert = ? and state = 'held' and not exists (
              select from console.alert_message m
              where m.alert = n.alert and m.alike = n.alike and m.made_at > ?)
            order by alike, found_at, occurrence limit ?""")) {
      statement.setString(1, alert);
      statement.setTimestamp(2, Timestamp.from(now.minus(throttle)));
      statement.setInt(3, Occurrences.MOST);
      List<Held> held = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          held.add(new Held(row.getString(1), occurrence(row.getString(2)), row.getLong(3)));
        }
      }
      return held;
    }
  }

  /** Writes down what is to be sent, and that it tells of all that are held and alike. */
  void compose(String alert, String alike, AlertEvent event, Instant now) throws SQLException {
    try (PreparedStatement message =
            connection.prepareStatement(
                """
                insert into console.alert_message (id, alert, alike, made_at, event, tries)
                values (?, ?, ?, ?, ?::json, 0) on conflict do nothing""");
        PreparedStatement told =
            connection.prepareStatement(
                """
                update console.alert_notice set state = 'told', data = null
                where alert = ? and alike = ? and state = 'held'""")) {
      message.setString(1, event.id());
      message.setString(2, alert);
      message.setString(3, alike);
      message.setTimestamp(4, Timestamp.from(now));
      message.setString(5, event.json().toString());
      message.executeUpdate();
      told.setString(1, alert);
      told.setString(2, alike);
      told.executeUpdate();
    }
  }

  /** In the order in which they were made; behind the others those that were taken in vain. */
  List<Open> open(int most) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select id, alert, tries, event from console.alert_message
            where ended_at is null order by tries, made_at, id limit ?""")) {
      statement.setInt(1, most);
      List<Open> open = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          open.add(
              new Open(
                  row.getString(1),
                  row.getString(2),
                  row.getInt(3),
                  Json.trusted(row.getString(4).getBytes(UTF_8))));
        }
      }
      return open;
    }
  }

  /** Ingest has it, or will never take it. */
  void ended(String id, Instant now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("update console.alert_message set ended_at = ? where id = ?")) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setString(2, id);
      statement.executeUpdate();
    }
  }

  /** Ingest has it and did not know its alert yet: under that identity it never starts anything. */
  void startedNothing(String id) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "update console.alert_message set tries = tries + 1 where id = ?")) {
      statement.setString(1, id);
      statement.executeUpdate();
    }
  }

  /**
   * Drops what no longer matters.
   *
   * @return how many messages were given up that ingest never took
   */
  int forget(Instant now) throws SQLException {
    int givenUp = delete("alert_message where ended_at is null and made_at < ?", now);
    delete("alert_message where made_at < ?", now);
    delete("alert_notice where found_at < ?", now);
    return givenUp;
  }

  private int delete(String what, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("delete from console." + what)) {
      statement.setTimestamp(1, Timestamp.from(now.minus(KEPT)));
      return statement.executeUpdate();
    }
  }

  private static Occurrence occurrence(String json) throws SQLException {
    try {
      return JsonMapper.read(json.getBytes(UTF_8), Occurrence.class);
    } catch (IOException e) {
      throw new SQLException("a notice holds no occurrence", e);
    }
  }
}
