package io.penstock.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.execution.Cursor;
import io.penstock.console.projection.Transaction;
import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints how long the questions take with a gigabyte of letters, and how much longer than with the
 * first thousand of them. Its figures are in docs/performance.md; that none of the questions reads
 * what it does not show, {@link LetterPlansTest} makes sure of.
 */
@EnabledIfSystemProperty(named = "penstock.letters.gigabyte", matches = "true")
class GigabyteOfLettersTest {
  private static final int FEW = 1_000;

  /** One of so many is large, so that also a page of the first thousand holds some. */
  private static final int LARGE_ONE_OF = 13;

  private static final int LARGE = 16_384;
  private static final int ALL = LARGE * LARGE_ONE_OF;
  private static final int LARGE_BYTES = 64 << 10;
  private static final int BATCH = 500;
  private static final int ASKED = 50;
  private static final int PAGE = 50;

  @TempDir private Path directory;
  private final Random random = new Random(7);

  /** A question as the API asks it. */
  private interface Question {
    int rows(Connection connection) throws SQLException;
  }

  @Test
  @Timeout(1_800)
  void questions_to_a_gigabyte() throws Exception {
    try (EmbeddedDatabase server = EmbeddedDatabase.start(directory)) {
      Flyway.configure()
          .dataSource(server.jdbcUrl(), server.username(), null)
          .locations("db/console")
          .schemas("console")
          .load()
          .migrate();
      try (Connection connection =
          DriverManager.getConnection(server.jdbcUrl(), server.username(), null)) {
        write(connection, 0, FEW);
        asked(connection, FEW); // warms up
        Map<String, Double> few = asked(connection, FEW);
        long began = System.nanoTime();
        write(connection, FEW, ALL);
        System.out.printf(
            "%,d letters written in %.0f s; the table has %s%n",
            ALL - FEW,
            (System.nanoTime() - began) / 1e9,
            text(
                connection,
                "select pg_size_pretty(pg_total_relation_size('console.dead_letter'))"));
        assertThat(
                Long.parseLong(
                    text(connection, "select sum(octet_length(value)) from console.dead_letter")))
            .isGreaterThanOrEqualTo(1L << 30);

        asked(connection, ALL);
        asked(connection, ALL)
            .forEach(
                (question, millis) ->
                    System.out.printf(
                        "%-24s %7.2f ms with %,d letters, %7.2f ms with %,d: %.1f x%n",
                        question, few.get(question), FEW, millis, ALL, millis / few.get(question)));
      }
    }
  }

  private static Map<String, Double> asked(Connection connection, int letters) throws SQLException {
    Map<String, Question> questions = new LinkedHashMap<>();
    questions.put("first page", c -> page(c, Map.of(), Optional.empty()));
    Cursor middle = new Cursor(LetterTopics.at(letters / 2), id(connection, letters / 2));
    questions.put("page in the middle", c -> page(c, Map.of(), Optional.of(middle)));
    String group =
        text(
            connection, "select fingerprint from console.dead_letter where step = 'call7' limit 1");
    questions.put("of a group", c -> page(c, Map.of("group", group), Optional.empty()));
    questions.put("by a rare word", c -> page(c, Map.of("text", "rare77"), Optional.empty()));
    questions.put("by a common word", c -> page(c, Map.of("text", "refused"), Optional.empty()));
    GroupList.Filter groups =
        new GroupList.Filter(
            Optional.empty(), Optional.empty(), Optional.empty(), true, PAGE, Optional.empty());
    questions.put("groups", c -> GroupList.page(c, groups).groups().size());
    String large = id(connection, letters / 2 / LARGE_ONE_OF * LARGE_ONE_OF);
    questions.put("one letter of 64 KiB", c -> new LetterQuery(c).find(large).isPresent() ? 1 : 0);
    Map<String, Double> millis = new LinkedHashMap<>();
    for (Map.Entry<String, Question> each : questions.entrySet()) {
      millis.put(each.getKey(), median(connection, each.getValue()));
    }
    return millis;
  }

  private static double median(Connection connection, Question question) throws SQLException {
    double[] millis = new double[ASKED];
    for (int i = 0; i < ASKED; i++) {
      long began = System.nanoTime();
      assertThat(question.rows(connection)).isPositive();
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    Arrays.sort(millis);
    return millis[ASKED / 2];
  }

  private static int page(Connection connection, Map<String, String> filter, Optional<Cursor> after)
      throws SQLException {
    return LetterList.page(connection, LetterFilter.of(filter::get), PAGE, after)
        .deadLetters()
        .size();
  }

  /** In the order of their offsets, as the projection writes them. */
  private void write(Connection connection, int from, int until) throws SQLException {
    connection.setAutoCommit(false);
    for (int begin = from; begin < until; begin += BATCH) {
      Transaction.findByIndex(connection);
      List<Letter> letters = new ArrayList<>();
      for (int i = begin; i < Math.min(begin + BATCH, until); i++) {
        letters.add(LetterReader.read(letter(i)));
      }
      new LetterTables(connection).write(letters);
      connection.commit();
    }
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("vacuum (analyze) console.dead_letter, console.dead_letter_group");
    }
  }

  private ConsumerRecord<byte[], byte[]> letter(int number) {
    int bytes = number % LARGE_ONE_OF == 0 ? LARGE_BYTES : 200;
    byte[] noise = new byte[bytes * 3 / 4];
    random.nextBytes(noise);
    ProducerRecord<byte[], byte[]> record =
        LetterTopics.step(
            "w%d~%d".formatted(number % 25, number),
            "call" + number / 25 % 50,
            1,
            1,
            number,
            ErrorType.RUNTIME,
            "the other side refused rare%d".formatted(number % 500),
            Json.of(Map.of("noise", Base64.getEncoder().encodeToString(noise))));
    return new ConsumerRecord<>(
        record.topic(),
        0,
        number,
        record.timestamp(),
        TimestampType.LOG_APPEND_TIME,
        record.key().length,
        record.value().length,
        record.key(),
        record.value(),
        new RecordHeaders(record.headers().toArray()),
        Optional.empty());
  }

  private static String id(Connection connection, int number) throws SQLException {
    return text(connection, "select id from console.dead_letter where dlq_offset = " + number);
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).as(sql).isTrue();
      return row.getString(1);
    }
  }
}
