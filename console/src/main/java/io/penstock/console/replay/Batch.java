package io.penstock.console.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.console.execution.Rows;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonPatch;
import io.penstock.schema.json.JsonPatchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  private static final String EDITED =
      "update console.replay_letter set edited = ? where replay_id = ? and letter_id = ?";

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
          Optional<byte[]> value = value(connection, replay, letter, row.getBytes("value"));
          if (replay.patch().isPresent() && value.isEmpty()) {
            continue; // refused
          }
          letters.add(letter);
          Map<String, Object> record = new LinkedHashMap<>();
          record.put("id", new ControlId(replay.id(), letter).text());
          record.put("topic", row.getString("topic"));
          record.put("partition", row.getInt("partition"));
          record.put("key", base64(row.getBytes("key")));
          record.put("value", base64(value.orElse(null)));
          record.put("headers", Rows.json(row, "headers").map(Json::value).orElse(List.of()));
          records.add(record);
        }
      }
    }
    return new Batch("/controls/records", letters, Json.of(Map.of("records", records)));
  }

  /** What is sent of a record; empty if there is none, or if it cannot be edited. */
  private static Optional<byte[]> value(
      Connection connection, Replaying replay, String letter, byte[] stored) throws SQLException {
    if (replay.patch().isEmpty()) {
      return Optional.ofNullable(stored);
    }
    try {
      Json document = Json.parse(stored == null ? new byte[0] : stored);
      byte[] edited = JsonPatch.of(replay.patch().get()).apply(document).utf8();
      Database.update(connection, EDITED, edited, replay.id(), letter);
      return Optional.of(edited);
    } catch (JsonProcessingException e) {
      Letters.refuse(
          connection,
          new ControlId(replay.id(), letter),
          "its value is no JSON, so no patch edits it; export it, and send what is right to ingest's /controls/records");
    } catch (JsonPatchException e) {
      Letters.refuse(
          connection,
          new ControlId(replay.id(), letter),
          "the patch does not fit its value: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static String base64(byte[] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
