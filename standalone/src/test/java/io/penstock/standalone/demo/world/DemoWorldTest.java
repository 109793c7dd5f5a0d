package io.penstock.standalone.demo.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoWorldTest {
  private static final String LEAD = "ada@nordwerk.example";
  private static final String ENRICHMENT = "/enrichment/api/people/enrichment";
  private static final String DEALS = "/crm/crm/v3/objects/deals";

  private final HttpClient client = HttpClient.newHttpClient();
  private DemoWorld world;

  @BeforeEach
  void start() throws IOException {
    world =
        DemoWorld.start(
            Map.of(LEAD, new CompanyProfile("Nordwerk", 1200, "manufacturing")),
            new Credentials("key", "model-key", "token", "path"),
            new ScriptedFailures(Optional.of("ben@x.example"), Optional.of("dina@x.example")));
  }

  @AfterEach
  void stop() {
    world.close();
    client.close();
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(world.url() + path))
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> deal(String lead, String key) throws Exception {
    return post(
        DEALS,
        "{\"email\":\"" + lead + "\"}",
        "Authorization",
        "Bearer token",
        "Idempotency-Key",
        key);
  }

  @Test
  void the_enrichment_api_knows_the_company() throws Exception {
    HttpResponse<String> answer =
        post(ENRICHMENT, "{\"email\":\"" + LEAD + "\"}", "X-Api-Key", "key");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"name\":\"Nordwerk\",\"employees\":1200,\"industry\":\"manufacturing\"}");
  }

  @Test
  void nobody_is_let_in_without_the_right_credentials() throws Exception {
    assertThat(post(ENRICHMENT, "{}", "X-Api-Key", "wrong").statusCode()).isEqualTo(401);
    assertThat(post(DEALS, "{}", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(post("/chat/guessed", "{\"text\":\"x\"}", "X-A", "b").statusCode()).isEqualTo(401);
    assertThat(post("/chat/path", "{\"text\":\"x\"}", "X-A", "b").statusCode()).isEqualTo(200);
  }

  @Test
  void a_scripted_failure_happens_once() throws Exception {
    String body = "{\"email\":\"ben@x.example\"}";
    assertThat(post(ENRICHMENT, body, "X-Api-Key", "key").statusCode()).isEqualTo(503);
    assertThat(post(ENRICHMENT, body, "X-Api-Key", "key").statusCode()).isNotEqualTo(503);
  }

  @Test
  void the_crm_asks_for_patience_once() throws Exception {
    HttpResponse<String> throttled = deal("dina@x.example", "k");
    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(deal("dina@x.example", "k").statusCode()).isEqualTo(201);
  }

  @Test
  void the_crm_makes_one_deal_for_one_key() throws Exception {
    String first = deal(LEAD, "k1").body();
    assertThat(deal(LEAD, "k1").body()).isEqualTo(first);
    assertThat(deal(LEAD, "k2").body()).isNotEqualTo(first);
  }

  @Test
  void every_call_is_remembered_with_its_lead_and_key() throws Exception {
    assertThat(deal(LEAD, "k1").statusCode()).isEqualTo(201);
    assertThat(world.calls())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.part()).isEqualTo(Part.CRM);
              assertThat(call.path()).isEqualTo("/crm/v3/objects/deals");
              assertThat(call.lead()).hasValue(LEAD);
              assertThat(call.idempotencyKey()).hasValue("k1");
              assertThat(call.succeeded()).isTrue();
            });
  }
}
