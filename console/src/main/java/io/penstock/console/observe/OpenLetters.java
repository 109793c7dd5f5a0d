package io.penstock.console.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** How many dead letters are open, by workflow: counted with the open executions. */
final class OpenLetters {
  /** Of groups, which know; no more workflows than are looked at, the others together. */
  private static final String OPEN =
      """
      select case when place <= 200 then workflow else 'others' end, sum(open)::bigint
      from (select coalesce(workflow, 'none') as workflow, sum(open) as open,
                   row_number() over (order by sum(open) desc, coalesce(workflow, 'none')) as place
            from console.dead_letter_group where open > 0 group by 1) counted
      group by 1""";

  private final MultiGauge open;

  OpenLetters(MeterRegistry registry) {
    this.open =
        MultiGauge.builder("penstock.dead.letters.open")
            .description("dead letters that nobody has dealt with")
            .register(registry);
  }

  void count(Connection connection) throws SQLException {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(OPEN)) {
      while (result.next()) {
        rows.add(MultiGauge.Row.of(Tags.of("workflow", result.getString(1)), result.getLong(2)));
      }
    }
    open.register(rows, true);
  }
}
