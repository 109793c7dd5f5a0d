package io.penstock.ingest.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.Client;
import io.penstock.ingest.Inputs;
import io.penstock.ingest.RealBroker;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators' wishes, from HTTP to a real log. */
@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class ControlResourceTest {
  private static final String DEFINITIONS =
      """
      kind: Channel
      name: control-chat
      type: http
      url: http://127.0.0.1:9/chat
      ---
      kind: Workflow
      name: controlled
      version: 1.0.1
      steps: [{id: tell, notify: {channel: control-chat, text: hello}}]
      ---
      kind: Source
      name: controlling
      signature: {scheme: none}
      event: {id: '{{ body.id }}', type: created}
      """;

  private static final String BROKEN = execution("broken").value();
  private static boolean applied;

  @TestHTTPResource("/")
  URI base;

  RealBroker broker;
  private Client client;

  @BeforeEach
  void definitionsAreApplied() {
    client = new Client(base);
    if (!applied) {
      client.awaitReady().applied(DEFINITIONS);
      applied = true;
    }
  }

  private static ExecutionId execution(String event) {
    return ExecutionId.of("controlled", EventKey.of("/x", event, Optional.empty()));
  }

  @Test
  void wishes_stand_on_the_log_in_their_order() {
    ExecutionId execution = execution("ordered");
    Client.Answer answer =
        client.json(
            "/controls",
            """
            {"controls":[
              {"id":"o-1","execution":"%1$s","verb":"pause","by":"ann"},
              {"id":"o-2","execution":"%1$s","verb":"resume","by":"ann","reason":"went on"},
              {"id":"o-3","execution":"%1$s","verb":"replay","by":"ann","reason":"key rotated",
               "path":"pipeline/0/tell","version":"1.0.1",
               "patch":[{"op":"remove","path":"/input/x"}]}]}
            """
                .formatted(execution));

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    assertThat(answer.at("accepted")).isEqualTo(3L);
    assertThat(new Inputs(broker).controls(execution.value()))
        .containsExactly(
            new Control("o-1", execution, Control.Verb.PAUSE, "ann", "", Optional.empty()),
            new Control("o-2", execution, Control.Verb.RESUME, "ann", "went on", Optional.empty()),
            new Control(
                "o-3",
                execution,
                Control.Verb.REPLAY,
                "ann",
                "key rotated",
                Optional.of(new StepPath("pipeline/0/tell")),
                Optional.of(Json.of(List.of(operation("remove", "/input/x")))),
                Optional.of("1.0.1")));
  }

  private static Map<String, Object> operation(String op, String path) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", op);
    operation.put("path", path);
    return operation;
  }

  @Test
  void a_wish_stands_in_the_partition_of_what_it_is_about() {
    String start = client.signed("controlling", "{\"id\":\"p-1\"}").body().toString();
    assertThat(start).contains("p-1");
    EventKey key = EventKey.of("controlling", "p-1", Optional.empty());
    ExecutionId execution = ExecutionId.of("controlled", key);
    assertThat(client.json("/controls", cancel("p-c", execution.value())).status()).isEqualTo(202);

    List<ConsumerRecord<byte[], byte[]>> sameKey =
        new Inputs(broker)
            .records(Topic.INPUTS).stream()
                .filter(record -> record.key() != null)
                .filter(record -> new String(record.key(), UTF_8).equals(key.recordKey()))
                .toList();
    assertThat(sameKey).hasSize(2);
    assertThat(sameKey).extracting(ConsumerRecord::partition).containsOnly(partition(sameKey));
  }

  private static int partition(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.getFirst().partition();
  }

  static Stream<Arguments> wrongItems() {
    String rest = "'verb':'replay','by':'ann'";
    String ok = "'id':'w','execution':'" + BROKEN + "'," + rest;
    return Stream.of(
        Arguments.of("{'execution':'" + BROKEN + "'," + rest + "}", "id"),
        Arguments.of("{'id':'ann@b.example','execution':'" + BROKEN + "'," + rest + "}", "id"),
        Arguments.of("{'id':'w'," + rest + "}", "execution"),
        Arguments.of("{'id':'w','execution':'controlled'," + rest + "}", "execution"),
        Arguments.of("{'id':'w','execution':'controlled~../../x'," + rest + "}", "execution"),
        Arguments.of("{'id':'w','execution':'" + BROKEN + "','verb':'kill','by':'a'}", "verb"),
        Arguments.of("{'id':'w','execution':'" + BROKEN + "','verb':'replay'}", "by"),
        Arguments.of("{" + ok.replace("ann", " ") + "}", "by"),
        Arguments.of("{" + ok.replace("ann", "x".repeat(101)) + "}", "by"),
        Arguments.of("{" + ok.replace("ann", "a\\u001b[2J") + "}", "by"),
        Arguments.of("{" + ok + ",'reason':'" + "x".repeat(501) + "'}", "reason"),
        Arguments.of("{" + ok + ",'path':'a/b'}", "path"),
        Arguments.of("{" + ok.replace("replay", "cancel") + ",'path':'a'}", "path"),
        Arguments.of("{" + ok.replace("replay", "compensate") + ",'path':'a'}", "path"),
        Arguments.of("{" + ok + ",'patch':{'op':'remove','path':'/a'}}", "patch"),
        Arguments.of("{" + ok + ",'patch':[{'op':'remove'}]}", "patch"),
        Arguments.of("{" + ok.replace("replay", "pause") + ",'patch':[]}", "patch"),
        Arguments.of("{" + ok + ",'version':'1.0.2'}", "version"),
        Arguments.of("{" + ok + ",'version':'newest'}", "version"),
        Arguments.of("{" + ok.replace("replay", "pause") + ",'version':'1.0.1'}", "version"),
        Arguments.of("{" + ok + ",'vresion':'1.0.1'}", null),
        Arguments.of("17", null),
        Arguments.of("{" + ok.replace("'w'", "'good'") + "}", "id"));
  }

  @ParameterizedTest
  @MethodSource("wrongItems")
  void one_that_is_wrong_is_named_and_none_is_sent(String item, String member) {
    Client.Answer answer =
        client.json(
            "/controls",
            "{\"controls\":[%s,%s]}"
                .formatted(control("good", BROKEN).replace('\'', '"'), item.replace('\'', '"')));

    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(422);
    assertThat(answer.at("type")).isEqualTo("urn:penstock:problem:invalid-control");
    assertThat(answer.at("index")).isEqualTo(1L);
    assertThat(answer.at("member")).isEqualTo(member);
    assertThat(new Inputs(broker).controls(BROKEN)).isEmpty();
  }

  @Test
  void no_wish_and_too_many_are_refused() {
    assertThat(client.json("/controls", "{\"controls\":[]}").status()).isEqualTo(422);
    assertThat(client.json("/controls", "[]").status()).isEqualTo(422);
    assertThat(client.json("/controls", "{").status()).isEqualTo(400);
    String many =
        String.join(",", Collections.nCopies(501, control("m", BROKEN).replace('\'', '"')));
    assertThat(client.json("/controls", "{\"controls\":[" + many + "]}").status()).isEqualTo(422);
  }

  @Test
  void a_body_beyond_its_limit_is_refused() {
    String body = "{\"controls\":[\"" + "x".repeat(4 << 20) + "\"]}";
    assertThat(client.json("/controls", body).status()).isEqualTo(413);
  }

  @Test
  void a_page_of_somebody_else_can_send_none() {
    for (String path : List.of("/controls", "/controls/records")) {
      Client.Answer answer =
          client.post(
              path,
              Map.of("content-type", "application/json", "origin", "http://rebound.example"),
              "{}".getBytes(UTF_8));
      assertThat(answer.status()).isEqualTo(403);
    }
  }

  @Test
  void they_cannot_be_read_here() {
    Client.Answer answer = client.get("/controls");
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.headers()).containsEntry("allow", "POST");
  }

  private static String cancel(String id, String execution) {
    return "{\"controls\":[%s]}".formatted(control(id, execution).replace('\'', '"'));
  }

  private static String control(String id, String execution) {
    return "{'id':'%s','execution':'%s','verb':'cancel','by':'ann','reason':''}"
        .formatted(id, execution);
  }
}
