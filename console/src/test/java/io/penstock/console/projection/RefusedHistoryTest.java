package io.penstock.console.projection;

import static io.penstock.console.Histories.NOON;
import static io.penstock.console.Histories.started;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.message.HistoryRecord;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever lies on the topic: it becomes a dead letter, and what stands behind it is projected. */
@QuarkusTest
@WithTestResource(RealServers.class)
class RefusedHistoryTest {
  @Inject DataSource database;
  RealServers servers;
  private HistoryTopic topic;
  private Tables tables;

  @BeforeEach
  void open() {
    topic = new HistoryTopic(servers.bootstrapServers(), database);
    tables = new Tables(database);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void bytes_that_are_no_history_become_a_dead_letter_byte_for_byte() throws Exception {
    byte[] key = {1, 2, (byte) 0xff};
    byte[] value = {(byte) 0xfe, 0, '{', (byte) 0xc3};
    ProducerRecord<byte[], byte[]> garbage =
        new ProducerRecord<>(Topic.HISTORY.topicName(), 0, null, key, value);
    garbage.headers().add("some", new byte[] {9, 8});
    topic.writeAll(List.of(garbage));
    topic.write(Histories.lead("behind~garbage", NOON, "ada@example.com"));
    topic.awaitProjected();

    ConsumerRecord<byte[], byte[]> letter = letterWith(value);
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.headers().lastHeader("some").value()).containsExactly(9, 8);
    assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(Topic.HISTORY.topicName());
    assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetter.CAUSE)).contains("ce_type");
    assertThat(status("behind~garbage")).isEqualTo("COMPLETED");
  }

  @Test
  void history_without_what_every_record_has_becomes_a_dead_letter() {
    byte[] value = "{\"workflow\":\"lead\",\"sequence\":1,\"facts\":[]}".getBytes(UTF_8);
    topic.writeAll(List.of(likeHistory(value)));
    topic.awaitProjected();

    assertThat(header(letterWith(value), DeadLetter.CAUSE)).contains("'execution'");
  }

  @Test
  void a_record_that_postgresql_refuses_becomes_a_dead_letter_and_its_batch_is_written()
      throws Exception {
    HistoryRecord tooLong =
        Histories.of("toolong~" + incompressible(9_000))
            .then(started(Json.NULL))
            .records()
            .getFirst();
    byte[] value = MessageCodec.encode(tooLong).value();
    for (int partition = 0; partition < RealServers.PARTITIONS; partition++) {
      topic.writeAll(
          List.of(MessageCodec.encode(tooLong).to(Topic.HISTORY.topicName(), partition)));
    }
    topic.write(Histories.lead("behind~toolong", NOON, "ada@example.com"));
    topic.awaitProjected();

    assertThat(header(letterWith(value), DeadLetter.CAUSE)).contains("SQLSTATE 54000");
    assertThat(status("behind~toolong")).isEqualTo("COMPLETED");
    assertThat(tables.ask("select count(*) from console.execution where workflow = 'toolong'"))
        .isEqualTo("0");
  }

  @Test
  void a_record_that_our_own_code_fails_on_becomes_a_dead_letter() throws Exception {
    byte[] value =
        """
        {"execution":"bug~1","workflow":"bug","version":"1","sequence":1,"at":"2026-11-22T12:00:00Z",
         "status":"RUNNING","facts":[{"type":"attemptRequested","kind":"llm","generation":1,"attempt":1,"delivery":1}]}"""
            .getBytes(UTF_8);
    topic.writeAll(List.of(likeHistory(value)));
    topic.write(Histories.lead("behind~bug", NOON, "ada@example.com"));
    topic.awaitProjected();

    assertThat(header(letterWith(value), DeadLetter.CAUSE)).contains("a bug of the console");
    assertThat(status("behind~bug")).isEqualTo("COMPLETED");
    assertThat(tables.ask("select count(*) from console.history where execution_id = 'bug~1'"))
        .isEqualTo("0");
  }

  @Test
  void payloads_that_jsonb_would_refuse_are_kept_as_they_came() throws Exception {
    Json input =
        Json.parse(
            "{\"nul\":\"a\\u0000b\",\"lone\":\"\\ud83d\",\"long\":1234567890123456789012345678901234567890}"
                .getBytes(UTF_8));
    topic.write(Histories.of("odd~payload").then(started(input)).records());
    topic.awaitProjected();

    assertThat(tables.ask("select input from console.execution where id = 'odd~payload'"))
        .isEqualTo(input.toString());
    assertThat(given().get("/api/executions/odd~payload").asString()).contains("a\\u0000b");
  }

  private String status(String id) throws Exception {
    return tables.ask("select status from console.execution where id = '" + id + "'");
  }

  private ConsumerRecord<byte[], byte[]> letterWith(byte[] value) {
    return topic.deadLetters().stream()
        .filter(letter -> Arrays.equals(letter.value(), value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no dead letter with these bytes"));
  }

  private static ProducerRecord<byte[], byte[]> likeHistory(byte[] value) {
    Encoded real = MessageCodec.encode(Histories.lead("like~history", NOON, "x").getFirst());
    return new ProducerRecord<>(
        Topic.HISTORY.topicName(), 1, null, real.key(), value, real.headers());
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    Header header = letter.headers().lastHeader(name);
    assertThat(header).as(name).isNotNull();
    return new String(header.value(), UTF_8);
  }

  private static String incompressible(int length) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
