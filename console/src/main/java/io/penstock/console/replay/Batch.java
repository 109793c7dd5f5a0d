package io.penstock.console.replay;

import io.penstock.console.execution.Rows;
import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters that go to ingest in one request.
 *
 * @param path of ingest's API
 * @param letters their ids
 * @param body what is sent; the same for the same letters, whoever sends it
 */
record Batch(String path, List<String> letters, Json body) {
  /** Of one request: a quarter of what ingest takes by default, and Base64 is a third longer. */
  private static final int MAX_BYTES = 1 << 20;

  private static final int MAX_LETTERS = 500;

  /** Of one wish besides its patch. */
  private static final int WISH_BYTES = 3_000;

  private static final String STEPS =
      """
      select letter_id, execution_id, path from console.replay_letter
      where replay_id = ? and state = 'sending' and kind = 'step' order by position limit ?""";

  /** As many as fit, and at least one. */
  private static final String RECORDS =
      """
      select d.id, d.topic, coalesce(d.source_partition, d.dlq_partition) as partition, d.key,
             d.value, d.headers
      from (select r.letter_id, r.position, row_number() over (order by r.position) as place,
                   sum(l.size) over (order by r.position) as bytes
            from console.replay_letter r join console.dead_letter l on l.id = r.letter_id
            where r.replay_id = ? and r.state = 'sending' and r.kind = 'record') n
      join console.dead_letter d on d.id = n.letter_id
      where n.place = 1 or (n.bytes <= ? and n.place <= ?) order by n.position""";

  /** How many letters one request holds. */
  static int largest(Replaying replay) {
    int each = WISH_BYTES + replay.patch().map(Json::sizeBytes).orElse(0);
    return Math.clamp(MAX_BYTES / each, 1, MAX_LETTERS);
  }

  /** Steps, or if none of them is to be sent, records; without letters if there is nothing. */
  static Batch next(Connection connection, Replaying replay, int most) throws SQLException {
    Batch steps = steps(connection, replay, most);
    return steps.letters().isEmpty() ? records(connection, replay, most) : steps;
  }

  private static Batch steps(Connection connection, Replaying replay, int most)
      throws SQLException {
    List<String> letters = new ArrayList<>();
    List<Object> controls = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(STEPS)) {
      statement.setString(1, replay.id());
      statement.setInt(2, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String letter = row.getString("letter_id");
          letters.add(letter);
          controls.add(
              control(replay, letter, row.getString("execution_id"), row.getString("path")));
        }
      }
    }
    return new Batch("/controls", letters, Json.of(Map.of("controls", controls)));
  }

  private static Map<String, Object> control(
      Replaying replay, String letter, String execution, String path) {
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("id", new ControlId(replay.id(), letter).text());
    control.put("execution", execution);
    control.put("verb", "replay");
    control.put("by", replay.by());
    control.put("reason", replay.reason());
    control.put("path", path);
    replay.patch().ifPresent(patch -> control.put("patch", patch.value()));
    replay.version().ifPresent(version -> control.put("version", version));
    return control;
  }

  private static Batch records(Connection connection, Replaying replay, int most)
      throws SQLException {
    List<String> letters = new ArrayList<>();
    List<Object> records = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(RECORDS)) {
      statement.setString(1, replay.id());
      statement.setInt(2, MAX_BYTES);
      statement.setInt(3, most);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String letter = row.getString("id");
          letters.add(letter);
          Map<String, Object> record = new LinkedHashMap<>();
          record.put("id", new ControlId(replay.id(), letter).text());
          record.put("topic", row.getString("topic"));
          record.put("partition", row.getInt("partition"));
          record.put("key", base64(row.getBytes("key")));
          record.put("value", base64(row.getBytes("value")));
          record.put("headers", Rows.json(row, "headers").map(Json::value).orElse(List.of()));
          records.add(record);
        }
      }
    }
    return new Batch("/controls/records", letters, Json.of(Map.of("records", records)));
  }

  private static String base64(byte[] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
