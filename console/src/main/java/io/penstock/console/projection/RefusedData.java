package io.penstock.console.projection;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what PostgreSQL refuses for good from what it cannot do now. */
public final class RefusedData {
  /**
   * Classes of SQLSTATE that lie in the data, so that a repetition fails too: data exception,
   * integrity violation, program limit exceeded.
   */
  private static final Set<String> DATA_IS_WRONG = Set.of("22", "23", "54");

  private RefusedData() {}

  public static boolean isIn(SQLException e) {
    List<String> states = new ArrayList<>();
    e.forEach(
        cause -> {
          if (cause instanceof SQLException sql && sql.getSQLState() != null) {
            states.add(sql.getSQLState());
          }
        });
    return states.stream().anyMatch(state -> DATA_IS_WRONG.contains(state.substring(0, 2)));
  }
}
