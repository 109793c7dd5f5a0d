package io.penstock.standalone.demo.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoWorldTest {
  private static final String LEAD = "ada@nordwerk.example";
  private static final String UNKNOWN = "cleo@lind.example";
  private static final String COMPANIES = "/companies/api/people/enrichment";
  private static final String DEALS = "/crm/crm/v3/objects/deals";

  private final HttpClient client = HttpClient.newHttpClient();
  private DemoWorld world;

  @BeforeEach
  void start() throws IOException {
    world =
        DemoWorld.start(
            Map.of(
                LEAD,
                new Dossier(
                    new CompanyProfile("Nordwerk", 1200, "manufacturing"),
                    Optional.of(new Position("COO", Position.EXECUTIVE)),
                    List.of("Nordwerk opens its third plant")),
                UNKNOWN,
                new Dossier(
                    new CompanyProfile("Lind & Co", 4, "crafts"), Optional.empty(), List.of())),
            new Credentials("key", "contacts-key", "news-key", "model-key", "token", "path"),
            new ScriptedFailures(
                Optional.of("ben@x.example"),
                Optional.of("dina@x.example"),
                Optional.of("cleo@lind.example")));
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

  private HttpResponse<String> get(String path, String key)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(world.url() + path))
            .header("X-Api-Key", key)
            .GET()
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
  void the_companies_api_knows_the_company() throws Exception {
    HttpResponse<String> answer =
        post(COMPANIES, "{\"email\":\"" + LEAD + "\"}", "X-Api-Key", "key");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"name\":\"Nordwerk\",\"employees\":1200,\"industry\":\"manufacturing\"}");
  }

  @Test
  void the_contacts_api_knows_the_position_of_some() throws Exception {
    HttpResponse<String> known =
        get("/contacts/people/find?email=ada%40nordwerk.example", "contacts-key");
    assertThat(known.statusCode()).isEqualTo(200);
    assertThat(known.body())
        .isEqualTo(
            "{\"data\":{\"email\":\"ada@nordwerk.example\",\"employment\":{\"title\":\"COO\",\"seniority\":\"executive\"}}}");
    HttpResponse<String> unknown = get("/contacts/people/find?email=" + UNKNOWN, "contacts-key");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(world.calls())
        .extracting(Call::lead)
        .containsExactly(Optional.of(LEAD), Optional.of(UNKNOWN));
  }

  @Test
  void the_news_api_is_asked_by_company_and_knows_whom_that_is_about() throws Exception {
    HttpResponse<String> answer = get("/news/everything?pageSize=5&q=%22Nordwerk%22", "news-key");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"ok\",\"totalResults\":1,\"articles\":[{\"title\":\"Nordwerk opens its third plant\"}]}");
    assertThat(get("/news/everything?pageSize=5", "news-key").statusCode()).isEqualTo(400);
    assertThat(world.calls())
        .extracting(Call::lead)
        .containsExactly(Optional.of(LEAD), Optional.empty());
  }

  @Test
  void the_news_fail_by_script() throws Exception {
    assertThat(get("/news/everything?q=%22Lind+%26+Co%22", "news-key").statusCode()).isEqualTo(503);
    assertThat(get("/news/everything?q=%22Nordwerk%22", "news-key").statusCode()).isEqualTo(200);
  }

  @Test
  void nobody_is_let_in_without_the_right_credentials() throws Exception {
    assertThat(post(COMPANIES, "{}", "X-Api-Key", "wrong").statusCode()).isEqualTo(401);
    assertThat(get("/contacts/people/find", "news-key").statusCode()).isEqualTo(401);
    assertThat(get("/news/everything", "contacts-key").statusCode()).isEqualTo(401);
    assertThat(post(DEALS, "{}", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(post("/chat/guessed", "{\"text\":\"x\"}", "X-A", "b").statusCode()).isEqualTo(401);
    assertThat(post("/chat/path", "{\"text\":\"x\"}", "X-A", "b").statusCode()).isEqualTo(200);
  }

  @Test
  void a_scripted_failure_happens_once() throws Exception {
    String body = "{\"email\":\"ben@x.example\"}";
    assertThat(post(COMPANIES, body, "X-Api-Key", "key").statusCode()).isEqualTo(503);
    assertThat(post(COMPANIES, body, "X-Api-Key", "key").statusCode()).isNotEqualTo(503);
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
