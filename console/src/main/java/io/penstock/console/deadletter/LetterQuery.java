package io.penstock.console.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.console.execution.Rows;
import io.penstock.schema.json.Json;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads one letter with what it holds, as far as an answer can show it. */
final class LetterQuery {
  /** Of key and value each. All of them are in the export. */
  static final int MAX_SHOWN = 256 << 10;

  /** Of all headers together, as a broker's limit for a record allows a megabyte of them. */
  static final int MAX_HEADERS = 256 << 10;

  private static final int ENOUGH = MAX_SHOWN + 1;

  /** PostgreSQL hands out the beginning of a large value without reading the rest, if it can. */
  private static final String ONE =
      "select "
          + LetterSummary.COLUMNS
          + """
            , l.status_at, l.generation, l.source_partition, l.source_offset, l.headers,
            substring(l.key from 1 for ?) as key, substring(l.value from 1 for ?) as value
            from console.dead_letter l where l.id = ?""";

  private static final String DISCARDED =
      """
      select d.at, d.by, d.reason from console.dead_letter_discarded l
      join console.dead_letter_discard d on d.id = l.discard_id
      where l.letter_id = ? order by d.at, d.id""";

  private final Connection connection;

  LetterQuery(Connection connection) {
    this.connection = connection;
  }

  /** Without attempts; empty if there is no such letter. */
  Optional<LetterDetail> find(String id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      statement.setInt(1, ENOUGH);
      statement.setInt(2, ENOUGH);
      statement.setString(3, id);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(detail(row)) : Optional.empty();
      }
    }
  }

  private LetterDetail detail(ResultSet row) throws SQLException {
    LetterSummary summary = LetterSummary.of(row);
    Optional<LetterBytes> key = bytes(row, "key");
    Optional<LetterBytes> value = bytes(row, "value");
    List<LetterDetail.Header> headers = new ArrayList<>();
    boolean cut = addHeaders(row, headers);
    boolean truncated =
        cut
            || key.filter(LetterBytes::truncated).isPresent()
            || value.filter(LetterBytes::truncated).isPresent();
    Integer sourcePartition = row.getObject("source_partition", Integer.class);
    long sourceOffset = row.getLong("source_offset");
    return new LetterDetail(
        summary,
        Rows.time(row, "status_at").orElseThrow(),
        Optional.ofNullable(row.getObject("generation", Integer.class)),
        Optional.ofNullable(sourcePartition)
            .map(partition -> new LetterDetail.Source(partition, sourceOffset)),
        headers,
        key.flatMap(LetterBytes::text),
        key.flatMap(LetterBytes::base64),
        value.flatMap(LetterBytes::text),
        value.flatMap(LetterBytes::base64),
        Optional.of(truncated).filter(any -> any),
        discarded(summary.id()),
        List.of(),
        summary.execution().map(id -> "/api/executions/" + encoded(id) + "/history"));
  }

  /** For a path; an execution's id has a tilde, which may stay. */
  private static String encoded(String id) {
    return URLEncoder.encode(id, UTF_8).replace("+", "%20").replace("%7E", "~");
  }

  private static Optional<LetterBytes> bytes(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getBytes(column)).map(all -> LetterBytes.of(all, MAX_SHOWN));
  }

  /** Whether some were left out, or their ends. */
  private static boolean addHeaders(ResultSet row, List<LetterDetail.Header> headers)
      throws SQLException {
    int left = MAX_HEADERS;
    boolean cut = false;
    for (Object each : (List<?>) Rows.json(row, "headers").map(Json::value).orElse(List.of())) {
      List<?> header = (List<?>) each;
      String name = (String) header.get(0);
      left -= name.length();
      if (left < 0) {
        return true;
      }
      Optional<LetterBytes> value = Optional.empty();
      if (header.get(1) instanceof String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        value = Optional.of(LetterBytes.of(bytes, left));
        cut |= value.get().truncated();
        left -= Math.min(left, bytes.length);
      }
      headers.add(
          new LetterDetail.Header(
              name, value.flatMap(LetterBytes::text), value.flatMap(LetterBytes::base64)));
    }
    return cut;
  }

  private List<LetterDetail.Discarded> discarded(String id) throws SQLException {
    List<LetterDetail.Discarded> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(DISCARDED)) {
      statement.setString(1, id);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(
              new LetterDetail.Discarded(
                  Rows.time(row, "at").orElseThrow(),
                  row.getString("by"),
                  row.getString("reason")));
        }
      }
    }
    return found;
  }
}
