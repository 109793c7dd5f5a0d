package io.penstock.console.deadletter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** Writes letters, and the groups they belong to, where they are not yet. */
final class LetterTables {
  private static final String GROUPS =
      """
      insert into console.dead_letter_group
        (fingerprint, kind, workflow, version, step, error_type, topic, reason, message,
         first_seen, last_seen)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

  /** Letters of one step stand in one partition, so those before it are there already. */
  private static final String LETTERS =
      """
      insert into console.dead_letter
        (id, topic, dlq_partition, dlq_offset, at, kind, reason, cause, source_partition,
         source_offset, execution_id, path, workflow, version, step, error_type, generation,
         attempt, fingerprint, key, value, headers, size, words, status, status_at, replays)
      select n.id, n.topic, n.dlq_partition, n.dlq_offset, n.at, n.kind, ?, ?, ?, ?,
             n.execution_id, n.path, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?,
             array_to_tsvector(?), coalesce(k.status, 'open'), coalesce(k.status_at, n.at),
             (select count(*) from console.dead_letter before
               where before.execution_id = n.execution_id and before.path = n.path
                 and before.topic = n.topic and before.dlq_offset < n.dlq_offset)
      from (select ?::text collate "C" as id, ?::text collate "C" as topic,
                   ?::integer as dlq_partition, ?::bigint as dlq_offset, ?::timestamptz as at,
                   ?::text as kind, ?::text collate "C" as execution_id,
                   ?::text collate "C" as path) n
      left join console.dead_letter_kept k on k.id = n.id
      on conflict (id) do nothing""";

  private final Connection connection;

  LetterTables(Connection connection) {
    this.connection = connection;
  }

  void write(List<Letter> letters) throws SQLException {
    groups(letters);
    try (PreparedStatement statement = connection.prepareStatement(LETTERS)) {
      for (Letter letter : letters) {
        bind(statement, letter);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** In one order: two who add the same ones must not wait for each other. */
  private void groups(List<Letter> letters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(GROUPS)) {
      for (Letter letter :
          letters.stream()
              .sorted(Comparator.comparing(each -> each.group().fingerprint()))
              .toList()) {
        Letter.DeadStep step = letter.step();
        int i = 0;
        statement.setString(++i, letter.group().fingerprint());
        statement.setString(++i, letter.kind());
        statement.setString(++i, step == null ? null : step.workflow());
        statement.setString(++i, step == null ? null : step.version());
        statement.setString(++i, step == null ? null : step.step());
        statement.setString(++i, step == null ? null : step.errorType());
        statement.setString(++i, letter.topic());
        statement.setString(++i, letter.reason());
        statement.setString(++i, letter.group().message());
        statement.setObject(++i, letter.at().atOffset(ZoneOffset.UTC));
        statement.setObject(++i, letter.at().atOffset(ZoneOffset.UTC));
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private void bind(PreparedStatement statement, Letter letter) throws SQLException {
    Letter.DeadStep step = letter.step();
    Letter.Source source = letter.source();
    int i = 0;
    statement.setString(++i, letter.reason());
    statement.setString(++i, letter.cause());
    statement.setObject(++i, source == null ? null : source.partition(), Types.INTEGER);
    statement.setObject(++i, source == null ? null : source.offset(), Types.BIGINT);
    statement.setString(++i, step == null ? null : step.workflow());
    statement.setString(++i, step == null ? null : step.version());
    statement.setString(++i, step == null ? null : step.step());
    statement.setString(++i, step == null ? null : step.errorType());
    statement.setObject(++i, step == null ? null : step.generation(), Types.INTEGER);
    statement.setObject(++i, step == null ? null : step.attempt(), Types.INTEGER);
    statement.setString(++i, letter.group().fingerprint());
    statement.setBytes(++i, letter.key());
    statement.setBytes(++i, letter.value());
    statement.setString(++i, letter.headers());
    statement.setInt(++i, letter.size());
    statement.setArray(++i, connection.createArrayOf("text", words(letter).toArray()));
    statement.setString(++i, letter.id());
    statement.setString(++i, letter.topic());
    statement.setInt(++i, letter.origin().partition());
    statement.setLong(++i, letter.origin().offset());
    statement.setObject(++i, letter.at().atOffset(ZoneOffset.UTC));
    statement.setString(++i, letter.kind());
    statement.setString(++i, step == null ? null : step.execution());
    statement.setString(++i, step == null ? null : step.path());
  }

  private static List<String> words(Letter letter) {
    Letter.DeadStep step = letter.step();
    return step == null
        ? SearchWords.of(letter.reason(), letter.cause())
        : SearchWords.of(letter.reason(), step.execution(), step.path(), letter.cause());
  }
}
