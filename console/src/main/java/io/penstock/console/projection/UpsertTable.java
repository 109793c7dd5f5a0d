package io.penstock.console.projection;

import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes any number of rows of a table with one statement: an array per column, {@code unnest}ed.
 * One round trip and one plan, whatever the number of rows.
 */
final class UpsertTable<T> {
  private final String name;
  private final List<String> key = new ArrayList<>();
  private final List<Column<T>> columns = new ArrayList<>();
  private String sql;

  private record Column<T>(String name, String type, boolean keptWhenNull, Function<T, ?> value) {}

  UpsertTable(String name) {
    this.name = name;
  }

  UpsertTable<T> key(String column, Function<T, String> value) {
    key.add(column);
    return text(column, value);
  }

  UpsertTable<T> numberKey(String column, Function<T, Number> value) {
    key.add(column);
    return number(column, value);
  }

  UpsertTable<T> text(String column, Function<T, String> value) {
    return add(column, "text", false, value.andThen(StorableText::of));
  }

  UpsertTable<T> number(String column, Function<T, Number> value) {
    return add(column, "int8", false, row -> asLong(value.apply(row)));
  }

  UpsertTable<T> flag(String column, Function<T, Boolean> value) {
    return add(column, "bool", false, value);
  }

  UpsertTable<T> time(String column, Function<T, Instant> value) {
    return add(column, "timestamptz", false, row -> storable(value.apply(row)));
  }

  /** A JSON text; null leaves what is stored. */
  UpsertTable<T> json(String column, Function<T, Json> value) {
    return add(column, "json", true, row -> jsonText(value.apply(row)));
  }

  /** JSON that is text already. */
  UpsertTable<T> jsonText(String column, Function<T, String> value) {
    return add(column, "json", true, value);
  }

  private UpsertTable<T> add(
      String column, String type, boolean keptWhenNull, Function<T, ?> value) {
    columns.add(new Column<>(column, type, keptWhenNull, value));
    return this;
  }

  /** Ends the declaration: a row that exists is replaced. */
  UpsertTable<T> replacing() {
    sql = insert() + " do update set " + assignments();
    return this;
  }

  /** Ends the declaration: a row that exists stays as it is. */
  UpsertTable<T> keeping() {
    sql = insert() + " do nothing";
    return this;
  }

  private String insert() {
    return "insert into %s as old (%s) select * from unnest(%s) on conflict (%s)"
        .formatted(
            name,
            columns.stream().map(Column::name).collect(Collectors.joining(", ")),
            columns.stream().map(column -> "?").collect(Collectors.joining(", ")),
            String.join(", ", key));
  }

  private String assignments() {
    return columns.stream()
        .filter(column -> !key.contains(column.name()))
        .map(
            column ->
                column.keptWhenNull()
                    ? "%1$s = coalesce(excluded.%1$s, old.%1$s)".formatted(column.name())
                    : "%1$s = excluded.%1$s".formatted(column.name()))
        .collect(Collectors.joining(", "));
  }

  void write(Connection connection, Collection<T> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        Column<T> column = columns.get(i);
        statement.setArray(
            i + 1,
            connection.createArrayOf(column.type(), rows.stream().map(column.value()).toArray()));
      }
      statement.executeUpdate();
    }
  }

  private static Long asLong(Number number) {
    return number == null ? null : number.longValue();
  }

  private static String jsonText(Json json) {
    return json == null ? null : json.toString();
  }

  private static String storable(Instant time) {
    return time == null ? null : StorableTime.of(time).toString();
  }
}
