package io.penstock.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.RealServers;
import io.penstock.console.execution.Cursor;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However many letters there are, and however large: a list reads some rows by an index. In a
 * database of its own, as the others look at all rows.
 */
@QuarkusTest
@WithTestResource(RealServers.class)
class LetterPlansTest {
  private static final int LETTERS = 200_000;
  private static final int LARGE = 400;
  private static final Pattern BLOCKS =
      Pattern.compile("Buffers: shared( hit=(\\d+))?( read=(\\d+))?");

  @Inject
  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @Test
  @Timeout(180)
  void no_question_reads_more_than_it_shows() throws Exception {
    try (Connection server = DriverManager.getConnection(url, user, null)) {
      run(server, "drop database if exists plans");
      run(server, "create database plans");
      String plans = url.replaceAll("/\\w+(\\?.*)?$", "/plans");
      try {
        Flyway.configure()
            .dataSource(plans, user, null)
            .locations("db/console")
            .schemas("console")
            .load()
            .migrate();
        try (Connection connection = DriverManager.getConnection(plans, user, null)) {
          fill(connection);
          everyFilterHasItsIndex(connection);
          groupsHaveTheirs(connection);
          largePayloadsAreNotRead(connection);
        }
      } finally {
        run(server, "drop database plans with (force)");
      }
    }
  }

  private static void everyFilterHasItsIndex(Connection connection) throws SQLException {
    Map<Map<String, String>, String> indexes = new HashMap<>();
    indexes.put(Map.of(), "dead_letter_newest");
    indexes.put(Map.of("workflow", "w7"), "dead_letter_of_workflow");
    indexes.put(Map.of("version", "3.0.0"), "dead_letter_of_version");
    indexes.put(Map.of("step", "s17"), "dead_letter_of_step");
    indexes.put(Map.of("errorType", "quota"), "dead_letter_of_error");
    indexes.put(Map.of("group", "f77"), "dead_letter_of_group");
    indexes.put(Map.of("kind", "record"), "dead_letter_of_kind");
    indexes.put(Map.of("text", "rare777"), "dead_letter_words");
    indexes.put(
        Map.of("from", "2026-01-01T00:00:00Z", "until", "2026-01-02T00:00:00Z"),
        "dead_letter_newest");
    indexes.put(Map.of("status", "parked", "workflow", "w7"), "dead_letter_of_workflow");
    indexes.put(Map.of("workflow", "w7", "errorType", "quota", "text", "common"), "dead_letter_");
    indexes.put(Map.of("text", "common"), "dead_letter_");
    for (Map.Entry<Map<String, String>, String> each : indexes.entrySet()) {
      String plan = plan(connection, "explain ", each.getKey(), 50);

      assertThat(plan).as("%s", each.getKey()).contains(each.getValue()).doesNotContain("Seq Scan");
      if (!each.getKey().containsKey("text")) {
        assertThat(plan).as("%s", each.getKey()).doesNotContain("Sort");
      }
      Map<String, String> inAllStates = new HashMap<>(each.getKey());
      inAllStates.put("status", "all");
      assertThat(plan(connection, "explain ", inAllStates, 50))
          .as("%s", inAllStates)
          .contains(each.getValue())
          .doesNotContain("Seq Scan");
    }
  }

  private static void groupsHaveTheirs(Connection connection) throws SQLException {
    for (boolean open : new boolean[] {true, false}) {
      for (GroupList.Filter filter :
          List.of(
              groups(null, null, null, open),
              groups("w7", null, null, open),
              groups(null, "s17", null, open),
              groups(null, null, "quota", open))) {
        List<Object> values = new ArrayList<>();
        String sql = "explain " + GroupList.query(filter, values);
        assertThat(ask(connection, sql, values))
            .as("%s", filter)
            .contains("dead_letter_group_")
            .contains("dead_letter_of_group")
            .doesNotContain("Seq Scan");
      }
    }
  }

  private static void largePayloadsAreNotRead(Connection connection) throws SQLException {
    long small = blocks(plan(connection, "explain (analyze, buffers) ", Map.of(), 200));
    // The newest ones, which is what a page shows. Random, so that they do not become small.
    run(
        connection,
        """
        update console.dead_letter l
        set value = (select string_agg(sha512((l.id || n)::bytea), ''::bytea)
                     from generate_series(1, 1024) n), size = 65536
        where dlq_offset > %d"""
            .formatted(LETTERS - LARGE * 10));
    run(connection, "vacuum (analyze) console.dead_letter");
    long large = blocks(plan(connection, "explain (analyze, buffers) ", Map.of(), 200));
    long read =
        blocks(
            ask(
                connection,
                """
                explain (analyze, buffers) select md5(value) from console.dead_letter l
                where l.status = 'open' order by l.at desc, l.id desc limit 201""",
                List.of()));

    assertThat(read).as("the measure itself: payloads are large").isGreaterThan(201 * 8);
    assertThat(large).isLessThanOrEqualTo(small + 20);
    assertThat(large).as("a page or so for each row").isLessThan(500);
  }

  private static GroupList.Filter groups(String workflow, String step, String error, boolean open) {
    return new GroupList.Filter(
        Optional.ofNullable(workflow),
        Optional.ofNullable(step),
        Optional.ofNullable(error),
        open,
        50,
        Optional.of(new Cursor(Instant.parse("2026-03-01T00:00:00Z"), "f1")));
  }

  private static String plan(
      Connection connection, String how, Map<String, String> filter, int limit)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    Optional<Cursor> after =
        filter.isEmpty()
            ? Optional.empty()
            : Optional.of(new Cursor(Instant.parse("2026-03-01T00:00:00Z"), "enrich-0-9"));
    String sql = LetterList.query(connection, LetterFilter.of(filter::get), limit, after, values);
    return ask(connection, how + sql, values);
  }

  private static long blocks(String plan) {
    Matcher top = BLOCKS.matcher(plan);
    assertThat(top.find()).as(plan).isTrue();
    return number(top.group(2)) + number(top.group(4));
  }

  private static long number(String text) {
    return text == null ? 0 : Long.parseLong(text);
  }

  private static void fill(Connection connection) throws SQLException {
    // Sums by group and indexes are made at once: letter by letter this would take minutes.
    run(connection, "alter table console.dead_letter disable trigger user");
    List<String> indexes =
        ask(
                connection,
                "select indexdef from pg_indexes where tablename = 'dead_letter' and indexname <> 'dead_letter_pkey'",
                List.of())
            .lines()
            .toList();
    assertThat(indexes).hasSizeGreaterThan(8);
    for (String index : indexes) {
      run(connection, "drop index console." + index.split(" ", -1)[2]);
    }
    run(
        connection,
        """
        insert into console.dead_letter
          (id, topic, dlq_partition, dlq_offset, at, kind, reason, cause, execution_id, path,
           workflow, version, step, error_type, generation, attempt, fingerprint, value, headers,
           size, status, status_at, words)
        select 'enrich-0-' || n, 'penstock.steps.enrich', 0, n,
               timestamptz '2026-01-01' + n * interval '1 minute',
               case when n %% 200 = 0 then 'record' else 'step' end, 'runtime', 'some cause ' || n,
               'w' || n %% 25 || '~' || n, 's' || n %% 50, 'w' || n %% 25,
               (1 + n %% 100 / 34) || '.0.0', 's' || n %% 50,
               (array['runtime', 'timeout', 'validation', 'quota'])[1 + n %% 4], 1, 1,
               'f' || n %% 500, ('payload ' || n)::bytea, '[["ce_type","eA=="]]', 20,
               (array['open', 'open', 'open', 'resolved', 'resolved', 'resolved', 'resolved',
                      'discarded', 'parked', 'open'])[1 + n / 7 %% 10],
               now(), array_to_tsvector(array['common', 'some', 'rare' || n %% 1000])
        from generate_series(1, %d) n"""
            .formatted(LETTERS));
    for (String index : indexes) {
      run(connection, index);
    }
    run(
        connection,
        """
        insert into console.dead_letter_group
          (fingerprint, kind, workflow, version, step, error_type, topic, reason, message,
           first_seen, last_seen, total, open)
        select 'f' || n, 'step', 'w' || n % 25, '1.0.0', 's' || n % 50,
               (array['runtime', 'timeout', 'validation', 'quota'])[1 + n % 4],
               'penstock.steps.enrich', 'runtime', 'some cause <n>', timestamptz '2026-01-01',
               timestamptz '2026-01-01' + n * interval '10 minutes', 400, n % 3
        from generate_series(1, 20000) n""");
    run(connection, "vacuum (analyze) console.dead_letter");
    run(connection, "vacuum (analyze) console.dead_letter_group");
  }

  private static String ask(Connection connection, String sql, List<Object> values)
      throws SQLException {
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

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
