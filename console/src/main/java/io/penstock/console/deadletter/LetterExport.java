package io.penstock.console.deadletter;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.console.execution.Cursor;
import io.penstock.console.execution.Questions;
import io.penstock.console.execution.Rows;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes letters out whole, one a line. Page by page, and of each page what fits into memory
 * without a thought: a reader that takes its time holds no connection to the database and no
 * letters.
 */
@ApplicationScoped
public class LetterExport {
  private static final long ENOUGH_BYTES = 4 << 20;
  private static final String PAYLOADS =
      "select l.id, l.key, l.value, l.headers from console.dead_letter l where l.id = any(?)";

  private final Questions questions;

  LetterExport(Questions questions) {
    this.questions = questions;
  }

  /**
   * A letter with all its bytes.
   *
   * @param key in Base64, as the value
   * @param headers {@code [[name, Base64 or null], …]}
   */
  private record Exported(
      @JsonUnwrapped LetterSummary summary,
      Optional<String> key,
      Optional<String> value,
      Json headers) {}

  private record Payload(Optional<String> key, Optional<String> value, Json headers) {}

  /** Newest first. Ends early only with an exception: then the answer is cut off. */
  void write(LetterFilter filter, OutputStream out) throws IOException {
    Optional<Cursor> after = Optional.empty();
    do {
      Optional<Cursor> from = after;
      LetterList.Page page =
          questions.answer(
              connection -> LetterList.page(connection, filter, LetterList.MAX_LIMIT, from));
      write(page.deadLetters(), out);
      after = page.next().flatMap(Cursor::decode);
    } while (after.isPresent());
  }

  private void write(List<LetterSummary> page, OutputStream out) throws IOException {
    List<LetterSummary> together = new ArrayList<>();
    long bytes = 0;
    for (LetterSummary letter : page) {
      if (!together.isEmpty() && bytes + letter.size() > ENOUGH_BYTES) {
        writeWhole(together, out);
        together.clear();
        bytes = 0;
      }
      together.add(letter);
      bytes += letter.size();
    }
    writeWhole(together, out);
  }

  private void writeWhole(List<LetterSummary> letters, OutputStream out) throws IOException {
    Map<String, Payload> payloads =
        questions.answer(
            connection -> payloads(connection, letters.stream().map(LetterSummary::id).toList()));
    for (LetterSummary letter : letters) {
      Payload payload = payloads.get(letter.id());
      if (payload != null) { // else it was forgotten meanwhile, by a rebuild
        out.write(
            JsonMapper.write(
                new Exported(letter, payload.key(), payload.value(), payload.headers())));
        out.write('\n');
      }
    }
    out.flush();
  }

  private static Map<String, Payload> payloads(Connection connection, List<String> ids)
      throws SQLException {
    Map<String, Payload> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(PAYLOADS)) {
      statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(
              row.getString("id"),
              new Payload(
                  base64(row.getBytes("key")),
                  base64(row.getBytes("value")),
                  Rows.json(row, "headers").orElseThrow()));
        }
      }
    }
    return found;
  }

  private static Optional<String> base64(byte[] bytes) {
    return Optional.ofNullable(bytes).map(Base64.getEncoder()::encodeToString);
  }
}
