package io.penstock.benchmark.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StubWorldTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StubWorld world = StubWorld.start(0, Map.of());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.close();
    world.close();
  }

  @Test
  void a_lead_is_enriched_by_query_or_by_body() throws Exception {
    JsonNode byQuery = json(get("/enrich?id=a-1"));

    assertThat(byQuery.path("company").asText()).isEqualTo("Company a-1");
    assertThat(byQuery.path("employees").asInt()).isEqualTo(LeadScore.of("a-1") * 7 + 3);
    assertThat(json(post("/enrich", "{\"id\":\"a-1\"}"))).isEqualTo(byQuery);
  }

  @Test
  void the_model_answers_with_the_score_of_the_lead_it_was_told_of() throws Exception {
    JsonNode completion = json(chat("a-1"));

    JsonNode choice = completion.path("choices").path(0);
    assertThat(choice.path("finish_reason").asText()).isEqualTo("stop");
    JsonNode content = JSON.readTree(choice.path("message").path("content").asText());
    assertThat(content.path("score").asInt()).isEqualTo(LeadScore.of("a-1"));
    assertThat(completion.path("usage").path("total_tokens").asInt()).isEqualTo(52);
  }

  @Test
  void statistics_count_by_prefix() throws Exception {
    get("/enrich?id=a-1");
    chat("a-1");
    notify("a-1", LeadScore.channelOf("a-1"));
    notify("a-1", LeadScore.channelOf("a-1"));
    notify("a-2", "nowhere");
    get("/enrich?id=b-1");

    JsonNode stats = json(get("/stats?run=a"));

    assertThat(stats)
        .isEqualTo(
            JSON.readTree(
                """
                {"run":"a","ids":2,"completed":2,"duplicated":1,"misrouted":1,
                 "enrich":1,"chat":1,"notify":3}
                """));
    assertThat(json(get("/stats")).path("total").path("enrich").asInt()).isEqualTo(2);
  }

  @Test
  void events_tell_of_each_lead() throws Exception {
    get("/enrich?id=a-1");
    notify("a-1", "sales");
    get("/enrich?id=b-1");

    String[] columns = get("/events?run=a-").body().split(" ", -1);

    assertThat(columns).hasSize(8);
    assertThat(columns).startsWith("a-1", "1", "0", "1");
    assertThat(Long.parseLong(columns[4])).isLessThan(System.nanoTime());
    assertThat(columns[5]).isEqualTo(columns[4]);
    assertThat(Long.parseLong(columns[6])).isGreaterThanOrEqualTo(Long.parseLong(columns[4]));
    assertThat(columns[7]).isEqualTo("0");
  }

  @Test
  void calls_tell_when_each_first_one_came_and_was_answered() throws Exception {
    long before = System.nanoTime();
    get("/enrich?id=a-1");
    chat("a-1");

    String[] columns = get("/calls?run=a-").body().split(" ", -1);

    assertThat(columns).hasSize(7);
    assertThat(Long.parseLong(columns[1])).isGreaterThan(before);
    assertThat(Long.parseLong(columns[2])).isGreaterThanOrEqualTo(Long.parseLong(columns[1]));
    assertThat(Long.parseLong(columns[3])).isGreaterThanOrEqualTo(Long.parseLong(columns[2]));
    assertThat(columns).endsWith("0", "0"); // never notified
  }

  @Test
  void failures_have_the_status_that_was_asked_for() throws Exception {
    configure("{\"fail\":{\"enrich\":1},\"status\":{\"enrich\":429},\"retryAfter\":7}");

    HttpResponse<String> refused = get("/enrich?id=a-1");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).contains("7");
    assertThat(json(get("/stats")).path("failed").path("enrich").asInt()).isEqualTo(1);
    assertThat(json(get("/stats?run=a")).path("enrich").asInt()).isZero();
  }

  @Test
  void the_first_calls_of_each_lead_can_fail() throws Exception {
    configure("{\"failFirst\":{\"chat\":2}}");

    assertThat(chat("a-1").statusCode()).isEqualTo(500);
    assertThat(chat("a-1").statusCode()).isEqualTo(500);
    assertThat(chat("a-1").statusCode()).isEqualTo(200);
    assertThat(chat("a-2").statusCode()).isEqualTo(500);
  }

  @Test
  void the_first_call_of_a_share_of_the_leads_can_fail() throws Exception {
    configure("{\"failOnce\":{\"enrich\":1}}");

    assertThat(get("/enrich?id=a-1").statusCode()).isEqualTo(500);
    assertThat(get("/enrich?id=a-1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_connection_can_be_dropped() throws Exception {
    configure("{\"fail\":{\"notify\":1},\"status\":{\"notify\":0}}");

    assertThatThrownBy(() -> notify("a-1", "sales")).isInstanceOf(IOException.class);
  }

  @Test
  void latency_delays_the_answer() throws Exception {
    configure("{\"latency\":{\"enrich\":60},\"jitter\":{\"enrich\":20}}");
    long before = System.nanoTime();

    get("/enrich?id=a-1");

    assertThat((System.nanoTime() - before) / 1_000_000).isGreaterThanOrEqualTo(59);
  }

  @Test
  void configuration_can_be_read_and_nonsense_changes_nothing() throws Exception {
    assertThat(configure("{\"latency\":{\"chat\":5},\"fail\":{\"chat\":3}}").statusCode())
        .isEqualTo(400);
    assertThat(configure("no json").statusCode()).isEqualTo(400);

    assertThat(json(get("/config")).path("latency").path("chat").asDouble()).isZero();
  }

  @Test
  void a_reset_forgets() throws Exception {
    get("/enrich?id=a-1");
    post("/reset", "");

    assertThat(get("/events").body()).isEmpty();
    assertThat(json(get("/stats")).path("total").path("enrich").asInt()).isZero();
  }

  @Test
  void a_taken_port_is_told() {
    assertThatThrownBy(() -> StubWorld.start(world.port(), Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + world.port());
  }

  private HttpResponse<String> chat(String lead) throws Exception {
    return post(
        "/v1/chat/completions",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Score lead %s of Company\"}]}"
            .formatted(lead));
  }

  private HttpResponse<String> notify(String lead, String channel) throws Exception {
    return post("/notify", "{\"id\":\"%s\",\"channel\":\"%s\"}".formatted(lead, channel));
  }

  private HttpResponse<String> configure(String json) throws Exception {
    return post("/config", json);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create(world.url() + path);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
