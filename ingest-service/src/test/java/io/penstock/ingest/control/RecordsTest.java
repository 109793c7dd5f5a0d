package io.penstock.ingest.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.Client;
import io.penstock.ingest.Inputs;
import io.penstock.ingest.RealBroker;
import io.penstock.schema.Topic;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records that nobody could read go back to where they stood, in a real broker. */
@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class RecordsTest {
  private static final String PATH = "/controls/records";

  @TestHTTPResource("/")
  URI base;

  RealBroker broker;
  private Client client;

  @BeforeEach
  void isReady() {
    client = new Client(base).awaitReady();
  }

  @Test
  void a_record_goes_back_byte_for_byte_without_what_the_letter_added() {
    byte[] value = {0, (byte) 0xff, '{', 13};
    Client.Answer answer =
        client.json(
            PATH,
            """
            {"records":[
              {"id":"r-1","topic":"penstock.inputs","partition":0,"key":"%s","value":"%s",
               "headers":[["ce_type","%s"],["x","AAE="],["x",null],
                          ["dead-letter-reason","%s"],["Dead-Letter-Cause","%s"]]},
              {"id":"r-2","topic":"penstock.steps.enrich","partition":0,"key":null,"value":null,
               "headers":[["back","%s"]]}]}
            """
                .formatted(
                    base64("back-1"),
                    base64(value),
                    base64("odd"),
                    base64("u"),
                    base64("c"),
                    base64("2")));

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    assertThat(answer.at("accepted")).isEqualTo(2L);
    ConsumerRecord<byte[], byte[]> back = with(Topic.INPUTS, "x");
    assertThat(back.partition()).isZero();
    assertThat(new String(back.key(), UTF_8)).isEqualTo("back-1");
    assertThat(back.value()).containsExactly(value);
    assertThat(Stream.of(back.headers().toArray()).map(header -> header.key()))
        .containsExactly("ce_type", "x", "x");
    assertThat(back.headers().toArray()[1].value()).containsExactly(0, 1);
    assertThat(back.headers().toArray()[2].value()).isNull();
    ConsumerRecord<byte[], byte[]> empty = with(Topic.STEPS_ENRICH, "back");
    assertThat(empty.key()).isNull();
    assertThat(empty.value()).isNull();
  }

  private ConsumerRecord<byte[], byte[]> with(Topic topic, String header) {
    List<ConsumerRecord<byte[], byte[]>> found =
        new Inputs(broker)
            .records(topic).stream()
                .filter(record -> record.headers().lastHeader(header) != null)
                .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  static Stream<Arguments> wrongItems() {
    return Stream.of(
        Arguments.of("'topic':'penstock.definitions','partition':0", "topic"),
        Arguments.of("'topic':'penstock.history','partition':0", "topic"),
        Arguments.of("'topic':'dlq.penstock.inputs','partition':0", "topic"),
        Arguments.of("'topic':'somebody.elses','partition':0", "topic"),
        Arguments.of("'topic':'penstock.inputs'", "partition"),
        Arguments.of("'topic':'penstock.inputs','partition':-1", "partition"),
        Arguments.of("'topic':'penstock.inputs','partition':1.5", "partition"),
        Arguments.of("'topic':'penstock.inputs','partition':100000", null),
        Arguments.of("'topic':'penstock.inputs','partition':0,'value':'%'", "value"),
        Arguments.of("'topic':'penstock.inputs','partition':0,'key':7", "key"),
        Arguments.of("'topic':'penstock.inputs','partition':0,'headers':{}", "headers"),
        Arguments.of("'topic':'penstock.inputs','partition':0,'headers':[['a']]", "headers"),
        Arguments.of("'topic':'penstock.inputs','partition':0,'offset':1", null),
        Arguments.of(
            "'topic':'penstock.inputs','partition':0,'value':'" + "A".repeat(1_500_000) + "'",
            null));
  }

  @ParameterizedTest
  @MethodSource("wrongItems")
  void one_that_is_wrong_is_refused_and_none_is_sent(String members, String member) {
    long before = new Inputs(broker).count();
    Client.Answer answer =
        client.json(
            PATH,
            "{'records':[{'id':'ok','topic':'penstock.inputs','partition':0},{'id':'w',%s}]}"
                .formatted(members)
                .replace('\'', '"'));

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
    assertThat(answer.at("type")).isEqualTo("urn:penstock:problem:invalid-control");
    assertThat(answer.at("member")).isEqualTo(member);
    assertThat(new Inputs(broker).count()).isEqualTo(before);
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
