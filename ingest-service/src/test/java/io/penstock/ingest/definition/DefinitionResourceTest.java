package io.penstock.ingest.definition;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import io.penstock.ingest.Client;
import io.penstock.ingest.RealBroker;
import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class DefinitionResourceTest {
  @TestHTTPResource("/")
  URI base;

  RealBroker broker;
  private Client client;

  @BeforeEach
  void theServiceIsReady() {
    client = new Client(base).awaitReady();
  }

  @Test
  void definitions_are_created_then_unchanged_then_updated() {
    assertThat(results(client.apply(source("life", "created")))).containsExactly("created");
    assertThat(results(client.apply("# same\n" + source("life", "created"))))
        .containsExactly("unchanged");
    assertThat(results(client.apply(source("life", "changed")))).containsExactly("updated");
    assertThat(client.get("/definitions/Source/life").at("event", "type")).isEqualTo("changed");
  }

  @Test
  void definitions_are_listed_and_shown_by_version() {
    client.applied(
        workflow("shown", "1.9.0", "old") + "---\n" + workflow("shown", "1.10.0", "new"));
    assertThat(client.get("/definitions").list("definitions"))
        .extracting(Object::toString)
        .contains(
            "{kind=Workflow, name=shown, version=1.9.0}",
            "{kind=Workflow, name=shown, version=1.10.0}");
    assertThat(client.get("/definitions/Workflow/shown").at("description")).isEqualTo("new");
    assertThat(client.get("/definitions/Workflow/shown/1.9.0").at("description")).isEqualTo("old");
    assertThat(client.get("/definitions/Workflow/nobody").status()).isEqualTo(404);
  }

  @Test
  void a_page_whose_name_was_made_to_lead_here_reads_nothing() {
    given()
        .header("Host", "rebound.example")
        .get(base.resolve("/definitions"))
        .then()
        .statusCode(403)
        .body("type", is("urn:penstock:problem:forbidden"));
  }

  @Test
  void an_event_right_after_the_apply_starts_the_new_version() {
    client.applied(
        source("prompt", "created")
            + "---\n"
            + workflow("prompt", "1.0.0", "x", "[{source: prompt, type: created}]"));
    assertThat(startedBy("prompt")).containsExactly("1.0.0");
    client.applied(workflow("prompt", "1.0.1", "x", "[{source: prompt, type: created}]"));
    assertThat(startedBy("prompt")).containsExactly("1.0.0", "1.0.1");
  }

  private List<String> startedBy(String source) {
    assertThat(client.signed(source, "{}").status()).isEqualTo(202);
    return new io.penstock.ingest.Inputs(broker)
        .of(source).stream()
            .flatMap(recorded -> recorded.event().starts().stream())
            .map(start -> start.version())
            .sorted()
            .toList();
  }

  @Test
  void a_version_with_other_content_is_refused_and_nothing_of_the_request_is_applied() {
    client.applied(workflow("fixed", "1.0.0", "first"));
    Client.Answer answer =
        envelope(
            Map.of(
                "a.yaml", source("fixed-new", "created"),
                "b.yaml", workflow("fixed", "1.0.0", "second")));
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.at("detail").toString()).contains("Workflow fixed@1.0.0").contains("raise");
    assertThat(client.get("/definitions/Source/fixed-new").status()).isEqualTo(404);
    assertThat(client.get("/definitions/Workflow/fixed").at("description")).isEqualTo("first");
  }

  @Test
  void a_directory_is_applied_as_one() {
    Client.Answer answer =
        envelope(
            Map.of(
                "chat.yaml", channel("whole-chat"),
                "flow.yaml",
                    workflow("whole", "1.0.0", "x").replace("definition-chat}", "whole-chat}")));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(client.get("/definitions/Channel/whole-chat").status()).isEqualTo(200);
    assertThat(client.get("/definitions/Workflow/whole").status()).isEqualTo(200);
  }

  @Test
  void every_problem_of_every_file_is_told_with_its_place() {
    Client.Answer answer =
        envelope(
            Map.of(
                "a.yaml", "kind: Source\nname: broken\nsignatur: {scheme: none}\n",
                "b.yaml", "kind: Nonsense\n"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("type")).isEqualTo("urn:penstock:problem:invalid-definition");
    assertThat(answer.list("problems"))
        .extracting(problem -> ((Map<?, ?>) problem).get("file").toString())
        .contains("a.yaml", "b.yaml");
    Map<?, ?> first = (Map<?, ?>) answer.list("problems").getFirst();
    assertThat(first.keySet().stream().map(Object::toString))
        .contains("file", "line", "column", "path", "message");
  }

  @Test
  void a_name_that_leads_nowhere_is_a_problem() {
    Client.Answer answer =
        client.apply(workflow("lost", "1.0.0", "x").replace("definition-chat}", "nowhere-chat}"));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.list("problems").toString()).contains("nowhere-chat").contains("test.yaml");
  }

  @Test
  void the_body_must_say_that_it_is_yaml_or_json() {
    assertThat(
            client
                .post(
                    "/definitions", Map.of("content-type", "text/plain"), "kind: x".getBytes(UTF_8))
                .status())
        .isEqualTo(415);
  }

  @Test
  void an_unreadable_wait_is_refused() {
    assertThat(
            client
                .post(
                    "/definitions?wait=long",
                    Map.of("content-type", "application/yaml"),
                    source("waits", "created").getBytes(UTF_8))
                .status())
        .isEqualTo(400);
  }

  @Test
  void of_two_that_apply_the_same_version_at_once_one_wins() throws Exception {
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<Client.Answer>> answers = new ArrayList<>();
      for (String description : List.of("one", "two")) {
        answers.add(both.submit(() -> client.apply(workflow("race", "1.0.0", description))));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Client.Answer> answer : answers) {
        statuses.add(answer.get().status());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }
  }

  @Test
  void a_writer_whose_turn_is_over_cannot_write_any_more() {
    DefinitionKey key = new DefinitionKey("Source", "fenced", Optional.empty());
    try (DefinitionLog first = DefinitionLog.open(broker.bootstrapServers())) {
      first.read();
      try (DefinitionLog second = DefinitionLog.open(broker.bootstrapServers())) {
        assertThatThrownBy(() -> first.write(Map.of(key, Json.EMPTY_OBJECT)))
            .isInstanceOf(KafkaException.class);
        assertThat(second.read().latest()).doesNotContainKey("Source/fenced");
      }
    }
  }

  @Test
  void a_reader_that_lags_is_named_and_waited_for() {
    try (KafkaConsumer<byte[], byte[]> reader = reader("slow")) {
      reader.subscribe(List.of(Topic.DEFINITIONS.topicName()));
      while (reader.assignment().isEmpty()) {
        reader.poll(Duration.ofMillis(100));
      }
      Client.Answer answer =
          client.post(
              "/definitions?wait=0s",
              Map.of("content-type", "application/yaml"),
              source("lag", "created").getBytes(UTF_8));
      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.list("waitingFor")).extracting(Object::toString).contains("slow");

      reader.seekToEnd(reader.assignment());
      reader.assignment().forEach(reader::position);
      reader.commitSync();
      assertThat(results(client.apply(source("lag", "created")))).containsExactly("unchanged");
    }
  }

  private KafkaConsumer<byte[], byte[]> reader(String name) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerGroup.definitionReader(name),
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Client.Answer envelope(Map<String, String> files) {
    return client.post(
        "/definitions",
        Map.of("content-type", "application/json"),
        JsonMapper.write(
            Map.of(
                "files",
                files.entrySet().stream()
                    .map(file -> Map.of("name", file.getKey(), "content", file.getValue()))
                    .toList())));
  }

  private static List<String> results(Client.Answer answer) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.list("definitions").stream()
        .map(line -> ((Map<?, ?>) line).get("result").toString())
        .toList();
  }

  private static String source(String name, String type) {
    return "kind: Source\nname: %s\nsignature: {scheme: none}\nevent: {id: random, type: %s}\n"
        .formatted(name, type);
  }

  private static String channel(String name) {
    return "kind: Channel\nname: %s\ntype: http\nurl: http://127.0.0.1:9/chat\n".formatted(name);
  }

  private static String workflow(String name, String version, String description) {
    return workflow(name, version, description, "[{source: /nobody, type: nothing}]");
  }

  private static String workflow(String name, String version, String description, String on) {
    return channel("definition-chat")
        + """
          ---
          kind: Workflow
          name: %s
          version: %s
          description: %s
          on: %s
          steps: [{id: tell, notify: {text: hello, channel: definition-chat}}]
          """
            .formatted(name, version, description, on);
  }
}
