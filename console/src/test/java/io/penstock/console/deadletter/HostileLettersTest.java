package io.penstock.console.deadletter;

import static io.penstock.console.Histories.NOON;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.RealServers;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DeadLetter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Whatever lies on a dead-letter topic is shown, and stops nothing that stands behind it. */
@QuarkusTest
@WithTestResource(RealServers.class)
class HostileLettersTest extends WithLetterTopics {
  private static final String ENRICH = Topic.STEPS_ENRICH.deadLetterTopicName();
  private static final byte[] INVALID = {'a', (byte) 0xc3, (byte) 0x28, (byte) 0xff, 0};

  /** Half of a surrogate pair, as UTF-8 would have it if it had. */
  private static final byte[] LONE_SURROGATE = {'x', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, 'y'};

  @Test
  void a_record_without_headers_key_or_value_is_a_letter() throws Exception {
    letters.write(new ProducerRecord<byte[], byte[]>(ENRICH, 3, 0L, null, (byte[]) null));
    letters.awaitProjected();

    JsonPath letter = shown(idWhere("reason = 'unknown' and size = 0"));
    assertThat(letter.getString("kind")).isEqualTo("record");
    assertThat(letter.getString("at")).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(letter.getString("cause")).isEmpty();
    assertThat(letter.getList("headers")).isEmpty();
    assertThat(letter.getString("value")).isNull();
    assertThat(letter.getString("valueBase64")).isNull();
  }

  @Test
  void headers_of_garbage_are_shown_as_they_are() throws Exception {
    ProducerRecord<byte[], byte[]> letter = at(2, "v".getBytes(UTF_8));
    letter.headers().add(DeadLetter.REASON, INVALID);
    letter.headers().add(DeadLetter.CAUSE, "nul \u0000 in garbage".getBytes(UTF_8));
    letter.headers().add(DeadLetter.PARTITION, "99999999999999999999".getBytes(UTF_8));
    letter.headers().add(DeadLetter.OFFSET, null);
    letter.headers().add(DeadLetter.EXECUTION_ID, "no execution".getBytes(UTF_8));
    letter.headers().add(DeadLetter.STEP_PATH, "a/1".getBytes(UTF_8));
    letter.headers().add(DeadLetter.WORKFLOW, LONE_SURROGATE);
    letter.headers().add(DeadLetter.WORKFLOW_VERSION, "".getBytes(UTF_8));
    letter.headers().add("n\u0000ame", LONE_SURROGATE);
    letter.headers().add("", new byte[0]);
    letters.write(letter);
    letters.awaitProjected();

    JsonPath shown = shown(idWhere("cause like 'nul % in garbage'"));
    assertThat(shown.getString("kind")).isEqualTo("record");
    assertThat(shown.getString("reason")).isEqualTo("a\uFFFD(\uFFFD\uFFFD");
    assertThat(shown.getString("cause")).isEqualTo("nul \uFFFD in garbage");
    assertThat(shown.getList("headers.name")).hasSize(10).contains("n\u0000ame", "");
    assertThat(shown.getString("headers.find { it.name == 'dead-letter-cause' }.value"))
        .isEqualTo("nul \u0000 in garbage");
    assertThat(shown.getString("headers.find { it.name == 'dead-letter-reason' }.valueBase64"))
        .isEqualTo(Base64.getEncoder().encodeToString(INVALID));
    assertThat(shown.getString("headers.find { it.name == 'dead-letter-offset' }.value")).isNull();
    assertThat(shown.getString("source")).isNull();
  }

  @Test
  void names_that_no_index_could_hold_make_no_dead_step() throws Exception {
    for (String header :
        List.of(DeadLetter.EXECUTION_ID, DeadLetter.STEP_PATH, DeadLetter.WORKFLOW)) {
      ProducerRecord<byte[], byte[]> letter =
          LetterTopics.step("long~1", "call", 1, 10, "long " + header);
      letter.headers().remove(header);
      letter.headers().add(header, ("x~" + incompressible(9_000)).getBytes(UTF_8));
      letters.write(letter);
    }
    letters.awaitProjected();

    assertThat(
            letters.ask(
                "select count(*), min(kind), max(kind) from console.dead_letter where cause like 'long %'"))
        .isEqualTo("3,record,record");
  }

  @Test
  void a_dead_step_whose_command_cannot_be_read_is_one_all_the_same() throws Exception {
    ProducerRecord<byte[], byte[]> like = LetterTopics.step("broken~1", "call", 7, 10, "500");
    letters.write(
        new ProducerRecord<>(
            like.topic(), 1, like.timestamp(), like.key(), LONE_SURROGATE, like.headers()));
    letters.awaitProjected();

    JsonPath shown = shown(idWhere("execution_id = 'broken~1'"));
    assertThat(shown.getString("kind")).isEqualTo("step");
    assertThat(shown.getString("attempt")).isNull();
    assertThat(shown.getString("valueBase64"))
        .isEqualTo(Base64.getEncoder().encodeToString(LONE_SURROGATE));
    assertThat(shown.getString("history")).isEqualTo("/api/executions/broken~1/history");
  }

  @Test
  void the_largest_letter_is_shown_in_part_and_exported_whole() throws Exception {
    String text = "ä".repeat(950_000);
    ProducerRecord<byte[], byte[]> letter = at(0, text.getBytes(UTF_8));
    letter.headers().add(DeadLetter.CAUSE, ("huge " + "c".repeat(100_000)).getBytes(UTF_8));
    letters.write(letter);
    letters.write(LetterTopics.step("behind~huge", "call", 1, 10, "500"));
    letters.awaitProjected();

    String id = idWhere("cause like 'huge %'");
    JsonPath shown = shown(id);
    assertThat(shown.getBoolean("truncated")).isTrue();
    assertThat(shown.getString("value")).isEqualTo(text.substring(0, LetterQuery.MAX_SHOWN / 2));
    assertThat(shown.getInt("size")).isGreaterThan(2_000_000);
    assertThat(shown.getString("cause")).hasSize(2_000).endsWith("…");
    String line =
        given()
            .queryParam("text", "huge ccc")
            .get("/api/dead-letters/export")
            .then()
            .statusCode(200)
            .contentType("application/x-ndjson")
            .extract()
            .asString();
    Json exported = Json.parse(line.getBytes(UTF_8));
    assertThat(exported.at("id")).isEqualTo(id);
    assertThat(Base64.getDecoder().decode((String) exported.at("value")))
        .isEqualTo(text.getBytes(UTF_8));
    assertThat(
            letters.ask(
                "select status from console.dead_letter where execution_id = 'behind~huge'"))
        .isEqualTo("open");
  }

  @Test
  void very_many_headers_are_cut_in_the_answer_only() throws Exception {
    ProducerRecord<byte[], byte[]> letter = at(1, new byte[] {1});
    letter.headers().add(DeadLetter.CAUSE, "many headers".getBytes(UTF_8));
    for (int i = 0; i < 5_000; i++) {
      letter.headers().add("h" + i, "v".repeat(100).getBytes(UTF_8));
    }
    letters.write(letter);
    letters.awaitProjected();

    JsonPath shown = shown(idWhere("cause = 'many headers'"));
    assertThat(shown.getList("headers").size()).isBetween(1_000, 4_000);
    assertThat(shown.getBoolean("truncated")).isTrue();
    assertThat(
            letters.ask(
                "select json_array_length(headers) from console.dead_letter where cause = 'many headers'"))
        .isEqualTo("5001");
  }

  private static ProducerRecord<byte[], byte[]> at(int partition, byte[] value) {
    return new ProducerRecord<>(ENRICH, partition, NOON.toEpochMilli(), new byte[] {0}, value);
  }

  private String idWhere(String condition) throws Exception {
    return letters.ask("select id from console.dead_letter where " + condition);
  }

  private static JsonPath shown(String id) {
    return given().get("/api/dead-letters/" + id).then().statusCode(200).extract().jsonPath();
  }

  private static String incompressible(int length) {
    return new Random(7)
        .ints(length, 'a', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
