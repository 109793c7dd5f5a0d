package io.penstock.console.execution;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.console.execution.ExecutionSummary.Consumption;
import io.penstock.console.execution.ExecutionSummary.Failure;
import io.penstock.schema.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** Columns that several tables have, read into what the API shows. */
public final class Rows {
  private Rows() {}

  public static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  public static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  public static Optional<Json> json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(text.getBytes(UTF_8)));
    } catch (JsonProcessingException e) {
      throw new SQLException("column " + column + " holds JSON over our own limits", e);
    }
  }

  static Optional<Failure> failure(ResultSet row, Optional<String> path) throws SQLException {
    String type = row.getString("error_type");
    return type == null
        ? Optional.empty()
        : Optional.of(
            new Failure(
                type, row.getString("error_message"), row.getBoolean("error_retriable"), path));
  }

  static Consumption consumption(ResultSet row) throws SQLException {
    return new Consumption(
        row.getLong("input_tokens"),
        row.getLong("output_tokens"),
        Optional.ofNullable(row.getObject("cost_micro_usd", Long.class)));
  }
}
