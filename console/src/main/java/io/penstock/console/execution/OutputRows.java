package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rows of one execution that outputs are put together from, read when they are needed. */
final class OutputRows {
  private static final String COLUMNS =
      "select path, kind, status, output, output_of, ended_at from console.step where execution_id = ?";
  private static final String BY_PATH = COLUMNS + " and path = any(?)";

  /** In the order in which they began, so that the last one of each slot is its last step. */
  private static final String INSIDE =
      COLUMNS
          + """
             and path > ? || '/' and path < ? || '0'
             and cardinality(string_to_array(substr(path, length(?) + 2), '/')) = 2
           order by first_sequence, first_fact limit ?""";

  /** An output of more parts than this is not put together: it would not be looked at. */
  private static final int MAX_INSIDE = 1_000;

  /** All that one answer may make of an execution: far more than it shows. */
  private static final int MAX_ROWS = 5_000;

  private static final long MAX_BYTES = 32 << 20;

  /** Rows that PostgreSQL hands out at once, so that reading can end at the limit. */
  private static final int FETCH_SIZE = 20;

  private final Connection connection;
  private final String execution;
  private final Map<String, OutputRow> rows = new HashMap<>();
  private final Map<String, List<OutputRow>> inside = new HashMap<>();
  private final Set<String> askedFor = new HashSet<>();
  private long bytes;

  OutputRows(Connection connection, String execution) {
    this.connection = connection;
    this.execution = execution;
  }

  Optional<OutputRow> at(String path) {
    return Optional.ofNullable(rows.get(path));
  }

  /** Steps right inside a gathered one, in the order in which they began; empty if too many. */
  List<OutputRow> inside(OutputRow outer) {
    return inside.getOrDefault(outer.path(), List.of());
  }

  /** Reads these and all that their outputs are made of. */
  void load(Collection<String> paths) throws SQLException {
    Set<String> wanted = new LinkedHashSet<>(paths);
    while (true) {
      wanted.removeAll(askedFor);
      if (wanted.isEmpty() || isFull()) {
        return;
      }
      askedFor.addAll(wanted);
      List<OutputRow> found = byPath(wanted);
      wanted = new LinkedHashSet<>();
      for (OutputRow row : found) {
        add(row, wanted);
      }
    }
  }

  /** Whether some were not read, since together they are too large. */
  boolean isFull() {
    return rows.size() > MAX_ROWS || bytes > MAX_BYTES;
  }

  /** Keeps the row, and reads what is inside; what is taken over from elsewhere is wanted. */
  private void add(OutputRow row, Set<String> wanted) throws SQLException {
    rows.put(row.path(), row);
    row.outputOf().ifPresent(wanted::add);
    if (!row.isGathered() || inside.containsKey(row.path())) {
      return;
    }
    List<OutputRow> within = readInside(row.path());
    // Half of an output would be a wrong one.
    boolean whole = within.size() <= MAX_INSIDE && !isFull();
    inside.put(row.path(), whole ? within : List.of());
    for (OutputRow step : inside.get(row.path())) {
      add(step, wanted);
    }
  }

  private List<OutputRow> byPath(Collection<String> paths) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_PATH)) {
      statement.setString(1, execution);
      statement.setArray(2, connection.createArrayOf("text", paths.toArray()));
      return read(statement);
    }
  }

  private List<OutputRow> readInside(String path) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSIDE)) {
      statement.setString(1, execution);
      statement.setString(2, path);
      statement.setString(3, path);
      statement.setString(4, path);
      statement.setInt(5, MAX_INSIDE + 1);
      return read(statement);
    }
  }

  private List<OutputRow> read(PreparedStatement statement) throws SQLException {
    List<OutputRow> found = new ArrayList<>();
    statement.setFetchSize(FETCH_SIZE);
    try (ResultSet row = statement.executeQuery()) {
      while (!isFull() && row.next()) {
        Optional<Json> output = Rows.json(row, "output");
        bytes += output.map(Json::sizeBytes).orElse(0);
        found.add(
            new OutputRow(
                row.getString("path"),
                Rows.text(row, "kind"),
                row.getString("status"),
                output,
                Rows.text(row, "output_of"),
                Rows.time(row, "ended_at")));
      }
    }
    return found;
  }
}
