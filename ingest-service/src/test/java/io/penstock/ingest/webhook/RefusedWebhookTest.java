package io.penstock.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.Client;
import io.penstock.ingest.Inputs;
import io.penstock.ingest.RealBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is refused is answered with a problem that says so, and nothing is published. */
@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class RefusedWebhookTest {
  private static final String DEFINITIONS =
      """
      kind: Source
      name: refused
      signature: {scheme: hmac, secrets: [secret://sender/hmac], header: X-Signature, prefix: "sha256="}
      event: {id: '{{ body.id }}', type: '{{ body.type }}'}
      ---
      kind: Source
      name: refused-standard
      signature: {scheme: standard-webhooks, secrets: [secret://sender/standard]}
      event: {type: created}
      ---
      kind: Source
      name: refused-secretless
      signature: {scheme: hmac, secrets: [secret://sender/nowhere], header: X-Signature}
      event: {id: '{{ body.id }}', type: created}
      ---
      kind: Source
      name: refused-blown-up
      signature: {scheme: none}
      event:
        id: '{{ body.id }}'
        type: created
        data: ['{{ body }}', '{{ body }}', '{{ body }}', '{{ body }}', '{{ body }}', '{{ body }}']
      ---
      kind: Channel
      name: refused-chat
      type: http
      url: http://127.0.0.1:9/chat
      ---
      kind: Workflow
      name: refused-lead
      version: 1.0.0
      on:
        - {source: refused, type: checked}
        - {source: refused, type: undecidable, when: data.size > 5}
      input: {schema: {type: object, required: [email], properties: {size: {type: integer}}}}
      steps: [{id: tell, notify: {channel: refused-chat, text: hello}}]
      """;

  private static boolean applied;

  @TestHTTPResource("/")
  URI base;

  RealBroker broker;
  private Client client;
  private Inputs inputs;
  private long publishedBefore;

  @BeforeEach
  void definitionsAreApplied() {
    client = new Client(base);
    inputs = new Inputs(broker);
    if (!applied) {
      client.awaitReady().applied(DEFINITIONS);
      applied = true;
    }
    publishedBefore = inputs.count();
  }

  @AfterEach
  void nothing_was_published() {
    assertThat(inputs.count()).isEqualTo(publishedBefore);
  }

  @Test
  void whatever_is_wrong_with_the_proof_the_answer_is_the_same() {
    byte[] body = "{\"id\":1,\"type\":\"t\"}".getBytes(UTF_8);
    long now = Instant.now().getEpochSecond();
    Map<String, String> unsigned = Map.of("content-type", "application/json");
    Map<String, String> wrong = Client.hmacHeaders("other".getBytes(UTF_8));
    Set<String> standard = new HashSet<>();
    for (Map<String, String> headers :
        List.of(
            unsigned,
            Client.standardHeaders("m", now, "other".getBytes(UTF_8)),
            Client.standardHeaders("m", now - 301, body),
            Client.standardHeaders("m", now + 360, body),
            Client.standardHeaders("m", 0, body))) {
      standard.add(unauthorized("refused-standard", headers, body));
    }
    assertThat(standard).hasSize(1);
    assertThat(unauthorized("refused", unsigned, body))
        .isEqualTo(unauthorized("refused", wrong, body));
  }

  private String unauthorized(String source, Map<String, String> headers, byte[] body) {
    Client.Answer answer = client.post("/webhooks/" + source, headers, body);
    assertProblem(answer, 401, "signature", false);
    assertThat(answer.headers()).containsKey("www-authenticate");
    return answer.body().toString();
  }

  @Test
  void the_signature_comes_before_type_and_syntax() {
    Map<String, String> headers = new HashMap<>(Client.hmacHeaders("other".getBytes(UTF_8)));
    headers.put("content-type", "text/plain");
    assertProblem(
        client.post("/webhooks/refused", headers, "not json".getBytes(UTF_8)),
        401,
        "signature",
        false);
  }

  @Test
  void an_unknown_source_is_not_found() {
    assertProblem(client.signed("nowhere", "{}"), 404, "unknown-source", false);
  }

  @Test
  void a_secret_that_is_missing_here_is_not_the_senders_fault() {
    Client.Answer answer = client.signed("refused-secretless", "{\"id\":1}");
    assertProblem(answer, 503, "secret", true);
    assertThat(answer.body().toString()).doesNotContain("nowhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"id\":",
        "{\"id\":1}{}",
        "{\"id\":1,\"id\":2}",
        "{\"id\":\"\\ud800\"}",
        "nothing"
      })
  void malformed_json_is_refused(String body) {
    assertProblem(client.signed("refused", body), 400, "malformed", false);
  }

  @Test
  void invalid_utf8_is_refused() {
    byte[] body = {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xc3, '"', '}'};
    assertProblem(
        client.post("/webhooks/refused", Client.hmacHeaders(body), body), 400, "malformed", false);
  }

  @Test
  void deep_nesting_is_refused() {
    assertProblem(
        client.signed("refused", "[".repeat(10_000) + "]".repeat(10_000)), 400, "malformed", false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/cloudevents-batch+json",
        "application/json; charset=utf-16",
        "nonsense"
      })
  void another_content_type_is_refused(String type) {
    byte[] body = "{\"id\":1,\"type\":\"t\"}".getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>(Client.hmacHeaders(body));
    headers.put("content-type", type);
    assertProblem(client.post("/webhooks/refused", headers, body), 415, "content-type", false);
  }

  @Test
  void no_content_type_is_refused() {
    byte[] body = "{\"id\":1,\"type\":\"t\"}".getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>(Client.hmacHeaders(body));
    headers.remove("content-type");
    assertProblem(client.post("/webhooks/refused", headers, body), 415, "content-type", false);
  }

  @Test
  void a_body_that_maps_to_no_event_is_refused_by_the_fields_name() {
    Client.Answer answer = client.signed("refused", "{\"type\":\"t\"}");
    assertProblem(answer, 422, "mapping", false);
    assertThat(answer.at("field")).isEqualTo("event.id");
  }

  @Test
  void data_that_does_not_fit_the_workflow_is_refused_with_every_violation() {
    Client.Answer answer =
        client.signed("refused", "{\"id\":1,\"type\":\"checked\",\"size\":\"canary\"}");
    assertProblem(answer, 422, "input-schema", false);
    assertThat(answer.list("violations")).hasSize(2);
    assertThat(answer.body().toString()).doesNotContain("canary");
  }

  @Test
  void a_condition_that_cannot_be_decided_refuses_the_event() {
    Client.Answer answer = client.signed("refused", "{\"id\":1,\"type\":\"undecidable\"}");
    assertProblem(answer, 422, "trigger", false);
    assertThat(answer.at("workflow")).isEqualTo("refused-lead");
    assertThat(answer.at("expression")).isEqualTo("data.size > 5");
  }

  @Test
  void more_events_than_allowed_are_refused() {
    assertProblem(client.signed("refused", "[1,2,3,4]"), 413, "too-large", false);
  }

  @ParameterizedTest
  @ValueSource(ints = {160_000, 200_000})
  void an_event_that_grows_beyond_what_history_takes_is_refused(int length) {
    assertProblem(
        client.signed("refused-blown-up", "{\"id\":1,\"text\":\"" + "x".repeat(length) + "\"}"),
        413,
        "too-large",
        false);
  }

  @Test
  void a_declared_length_over_the_limit_is_refused_before_any_of_the_body_came() {
    String answer =
        RawHttp.send(
            base,
            "POST /webhooks/refused HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 262145\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("urn:penstock:problem:too-large");
  }

  @Test
  void a_chunked_body_over_the_limit_is_refused_while_it_comes() {
    StringBuilder request =
        new StringBuilder(
            "POST /webhooks/refused HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 5; i++) {
      request.append("10000\r\n").append("x".repeat(0x10000)).append("\r\n");
    }
    // The last chunk never comes: the answer cannot wait for the end.
    String answer = RawHttp.send(base, request.toString());
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("urn:penstock:problem:too-large");
  }

  @Test
  void a_body_of_exactly_the_limit_is_not_too_large() {
    byte[] body = new byte[262_144];
    assertProblem(
        client.post("/webhooks/refused", Client.hmacHeaders(body), body), 400, "malformed", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/webhooks", "/webhooks/a/b", "/nowhere"})
  void an_unknown_path_is_a_problem_too(String path) {
    assertProblem(client.post(path, Map.of(), new byte[0]), 404, "not-found", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/webhooks/refused", "/events"})
  void a_wrong_method_is_a_problem_too(String path) {
    Client.Answer answer = client.get(path);
    assertProblem(answer, 405, "method", false);
    assertThat(answer.headers().get("allow")).contains("POST");
  }

  @Test
  void an_address_that_another_service_has_is_not_told_ours() {
    for (Client.Answer answer :
        List.of(client.get("/api/nowhere"), client.get("/webhooks/refused"))) {
      assertThat((String) answer.at("detail")).contains("GET").doesNotContain("/webhooks/{source}");
    }
  }

  private static void assertProblem(Client.Answer answer, int status, String slug, boolean retry) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.at("type")).isEqualTo("urn:penstock:problem:" + slug);
    assertThat(answer.at("status")).isEqualTo((long) status);
    assertThat(answer.at("retry")).isEqualTo(retry);
    assertThat((String) answer.at("title")).isNotBlank();
    assertThat((String) answer.at("detail")).isNotBlank();
    assertThat((String) answer.at("instance")).startsWith("/");
    assertThat(answer.headers().containsKey("retry-after")).isEqualTo(retry);
  }
}
