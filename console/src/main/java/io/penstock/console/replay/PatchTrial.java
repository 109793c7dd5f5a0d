package io.penstock.console.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A patch tried on some of the letters that would be replayed, so that one which does not apply is
 * seen before it comes back as refusals. The first of them is the example.
 */
final class PatchTrial {
  /** The first hundred, or fewer where they are large. */
  static final String LETTERS =
      """
      select l.id, l.kind, l.value
      from (select id, row_number() over one_by_one as place, sum(size) over one_by_one as bytes
            from judged where why is null
            window one_by_one as (order by kind desc, at, id rows unbounded preceding)) n
      join console.dead_letter l on l.id = n.id
      where n.place = 1 or (n.place <= 100 and n.bytes <= 8 << 20) order by n.place""";

  private final Patch patch;
  private long letters;
  private long refused;
  private Optional<String> first = Optional.empty();
  private Optional<String> why = Optional.empty();
  private Optional<String> example = Optional.empty();
  private List<Patch.Change> changes = List.of();

  PatchTrial(Patch patch) {
    this.patch = patch;
  }

  /**
   * @param letters how many were looked at
   * @param refused to how many of these it does not apply
   * @param first of those
   * @param why it does not apply to the first; absent if it applies to all
   */
  record Tried(long letters, long refused, Optional<String> first, Optional<String> why) {}

  /** A row of {@link #LETTERS}. */
  void take(ResultSet row) throws SQLException {
    String id = row.getString("id");
    Optional<Json> document = document(row.getBytes("value"), "step".equals(row.getString("kind")));
    letters++;
    if (example.isEmpty()) {
      example = Optional.of(id);
      changes = document.map(patch::against).orElse(List.of());
    }
    Optional<String> refusal =
        document.isEmpty()
            ? Optional.of("what it would edit is no JSON")
            : patch.refusal(document.get());
    if (refusal.isPresent()) {
      refused++;
      if (first.isEmpty()) {
        first = Optional.of(id);
        why = refusal;
      }
    }
  }

  Tried tried() {
    return new Tried(letters, refused, first, why);
  }

  /** Empty if no letter would be replayed. */
  Optional<String> example() {
    return example;
  }

  List<Patch.Change> changes() {
    return changes;
  }

  /** What a patch is about: of a step its context, of a record all. Empty if it cannot be read. */
  private static Optional<Json> document(byte[] value, boolean isStep) {
    try {
      Json whole = Json.parse(value == null ? new byte[0] : value);
      return isStep
          ? Optional.ofNullable(whole.at("context")).filter(Map.class::isInstance).map(Json::of)
          : Optional.of(whole);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
