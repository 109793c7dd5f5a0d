package io.penstock.console.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.RealServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(RealServers.class)
class ExecutionListTest {
  @Inject DataSource database;

  /** Others compare all rows with a history that has none of these. */
  @AfterEach
  void forgetWhatHasNoHistory() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "delete from console.execution e where not exists (select from console.history where execution_id = e.id)");
    }
  }

  @Test
  void pages_show_each_execution_once_while_others_begin_and_many_began_at_the_same_time()
      throws SQLException {
    // Ten at each instant, so that pages end between executions that began together.
    insert("paged", 0, 95);

    List<String> seen = new ArrayList<>();
    Optional<String> next = Optional.empty();
    int page = 0;
    do {
      ExecutionFilter filter =
          ExecutionFilter.of("paged", null, null, null, null, "7", next.orElse(null));
      ExecutionList.Page found;
      try (Connection connection = database.getConnection()) {
        found = ExecutionList.page(connection, filter);
      }
      found.executions().forEach(execution -> seen.add(execution.summary().id()));
      next = found.next();
      page++;
      insert("paged", 1_000 + page * 10, 10);
    } while (next.isPresent());

    assertThat(seen).hasSize(95).doesNotHaveDuplicates();
    assertThat(seen).allMatch(id -> Integer.parseInt(id.substring(6)) < 1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', execution_newest",
    "planned-3, '', execution_newest_of_workflow",
    "'', SUSPENDED, execution_newest_in_status"
  })
  void every_filter_of_the_list_has_its_index(String workflow, String status, String index)
      throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          insert into console.execution (id, workflow, version, status, started_at, updated_at,
                                         input_tokens, output_tokens, last_sequence)
          select 'planned~' || n, 'planned-' || n % 25, '1',
                 case when n % 100 = 0 then 'SUSPENDED' else 'COMPLETED' end,
                 timestamptz '2026-01-01' + n * interval '1 second', now(), 0, 0, 1
          from generate_series(1, 20000) n on conflict do nothing""");
      statement.execute("analyze console.execution");
      String after =
          new Cursor(java.time.Instant.parse("2026-01-01T05:00:00Z"), "planned~9").encode();
      ExecutionFilter filter =
          ExecutionFilter.of(
              workflow.isEmpty() ? null : workflow,
              status.isEmpty() ? null : status,
              null,
              null,
              null,
              null,
              after);

      assertThat(plan(connection, filter))
          .contains(index + " on execution")
          .doesNotContain("Seq Scan", "Sort");
    }
  }

  @Test
  void those_that_wait_for_long_are_found_by_their_age() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          insert into console.execution (id, workflow, version, status, started_at, updated_at,
                                         status_since, input_tokens, output_tokens, last_sequence)
          select 'aged~' || n, 'aged', '1',
                 case when n % 1000 = 0 then 'SUSPENDED' else 'COMPLETED' end,
                 timestamptz '2026-01-01' + n * interval '1 second', now(),
                 timestamptz '2026-01-01' + n * interval '1 second', 0, 0, 1
          from generate_series(1, 20000) n on conflict do nothing""");
      statement.execute("analyze console.execution");
      // Hardly any step stands in this database.
      statement.execute("set enable_seqscan = off");

      assertThat(plan(connection, ExecutionFilter.of(null, null, null, null, "15m", null, null)))
          .contains("execution_stopped", "step_waiting_since");
      statement.execute("reset enable_seqscan");
    }
  }

  private static String plan(Connection connection, ExecutionFilter filter) throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql =
        "explain select "
            + ExecutionList.COLUMNS
            + " from console.execution"
            + ExecutionList.restOfQuery(filter, values);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      StringBuilder plan = new StringBuilder();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          plan.append(rows.getString(1)).append('\n');
        }
      }
      return plan.toString();
    }
  }

  private void insert(String workflow, int from, int count) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into console.execution (id, workflow, version, status, started_at,
                                               updated_at, input_tokens, output_tokens, last_sequence)
                select ? || '~' || n, ?, '1', 'COMPLETED',
                       timestamptz '2026-11-01' + (n / 10) * interval '1 minute', now(), 0, 0, 1
                from generate_series(?, ?) n""")) {
      statement.setString(1, workflow);
      statement.setString(2, workflow);
      statement.setInt(3, from);
      statement.setInt(4, from + count - 1);
      statement.executeUpdate();
    }
  }
}
