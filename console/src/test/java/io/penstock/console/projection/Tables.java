package io.penstock.console.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;

/** What stands in the database. */
final class Tables {
  private static final List<String> NAMES = List.of("history", "execution", "step", "attempt");

  private final DataSource database;

  Tables(DataSource database) {
    this.database = database;
  }

  /** The only row, with commas. */
  String ask(String sql) throws SQLException {
    return rows(sql).getFirst();
  }

  /** Every row of every table but the positions. */
  List<String> all() throws SQLException {
    List<String> all = new ArrayList<>();
    for (String name : NAMES) {
      all.addAll(rows("select t.* from console." + name + " t order by t::text"));
    }
    return all;
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        StringJoiner text = new StringJoiner(",");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          text.add(rows.getString(i));
        }
        texts.add(text.toString());
      }
      return texts;
    }
  }
}
