package io.penstock.worker.call;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.penstock.schema.definition.Action;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.LocalGuards;
import io.penstock.worker.runtime.Attempt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiCallsTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  @RegisterExtension
  static final WireMockExtension API =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String SECRET = "s3cr3t-token";

  private final ApiCalls calls =
      new ApiCalls(
          WAY_OUT.http(),
          Handing.secrets(Map.of("PENSTOCK_SECRET_CRM_TOKEN", SECRET)),
          new LocalGuards(GuardObserver.BLIND),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void a_request_is_made_of_api_step_and_data() {
    answer(aResponse().withHeader("Content-Type", "application/json").withBody("{\"a\":1}"));

    StepOutcome.Succeeded succeeded =
        succeeded(
            call(
                """
                {method: POST, path: "/people/{{ input.id }}",
                 query: {q: "{{ input.id }}", none: "{{ input.nothing }}", n: 3},
                 headers: {X-Lead: "{{ input.id }}"},
                 body: {email: "{{ input.id }}", n: "{{ input.n }}"}}""",
                "{\"input\":{\"id\":\"a/b?c#d e\",\"nothing\":null,\"n\":7}}"));

    assertThat(succeeded.output().toString()).isEqualTo("{\"a\":1}");
    LoggedRequest request = API.getAllServeEvents().getFirst().getRequest();
    assertThat(request.getUrl()).isEqualTo("/v2/people/a%2Fb%3Fc%23d%20e?q=a%2Fb%3Fc%23d%20e&n=3");
    assertThat(request.getHeader("X-Lead")).isEqualTo("a/b?c#d e");
    assertThat(request.getHeader("X-Api")).isEqualTo("always");
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + SECRET);
    assertThat(request.getHeader("Idempotency-Key"))
        .isEqualTo(attempt("{method: GET, path: /}", "{}").id().idempotencyKey());
    assertThat(request.getBodyAsString()).isEqualTo("{\"email\":\"a/b?c#d e\",\"n\":7}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"a\":[1]} | {\"a\":[1]}",
        "application/problem+json; charset=utf-8 | 5 | 5",
        "text/plain | hello | {\"text\":\"hello\"}",
        "application/json | '' | null"
      })
  void an_answer_becomes_output_by_its_type(String type, String body, String output) {
    answer(aResponse().withHeader("Content-Type", type).withBody(body));
    assertThat(succeeded(get("/")).output().toString()).isEqualTo(output);
  }

  @Test
  void an_answer_that_says_json_and_is_none_is_a_failure_that_does_not_quote_it() {
    answer(aResponse().withHeader("Content-Type", "application/json").withBody("{private"));
    StepOutcome.Failed failed = failed(get("/"));
    assertThat(failed.error().type()).isEqualTo(ErrorType.RUNTIME);
    assertThat(failed.error().message()).contains("says JSON").doesNotContain("private");
  }

  @Test
  void an_answer_over_the_limit_is_not_read_to_its_end() {
    answer(aResponse().withBody(new byte[OutboundHttp.MAX_ANSWER_BYTES + 1]));
    assertThat(failed(get("/")).error().type()).isEqualTo(ErrorType.TOO_LARGE);
  }

  @Test
  void an_answer_at_the_limit_is_read() {
    answer(
        aResponse()
            .withHeader("Content-Type", "application/json")
            .withBody("\"" + "x".repeat(OutboundHttp.MAX_ANSWER_BYTES - 2) + "\""));
    assertThat(succeeded(get("/")).output().sizeBytes()).isEqualTo(OutboundHttp.MAX_ANSWER_BYTES);
  }

  @Test
  void a_failure_names_api_method_path_template_and_status_and_neither_data_nor_secret() {
    answer(aResponse().withStatus(422).withBody("jane@example.com " + SECRET));
    StepOutcome.Failed failed =
        failed(
            call(
                "{method: DELETE, path: '/people/{{ input.email }}'}",
                "{\"input\":{\"email\":\"jane@example.com\"}}"));
    assertThat(failed.error().message())
        .isEqualTo("Api 'crm': DELETE /people/{{ input.email }}: answered 422");
  }

  @Test
  void a_retriable_refusal_may_say_when_this_step_shall_come_again() {
    answer(aResponse().withStatus(409).withHeader("Retry-After", "7"));
    StepOutcome.Failed failed = failed(get("/"));
    assertThat(failed.error().retriable()).isTrue();
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void a_redirect_is_not_followed() {
    answer(aResponse().withStatus(302).withHeader("Location", API.baseUrl() + "/other"));
    assertThat(failed(get("/")).error().type()).isEqualTo(ErrorType.RUNTIME);
    assertThat(API.getAllServeEvents()).hasSize(1);
  }

  @Test
  void the_timeout_covers_the_whole_body() {
    answer(aResponse().withBody("slow".repeat(100)).withChunkedDribbleDelay(10, 20_000));
    Attempt attempt =
        Handing.attempt(
            yaml("{method: GET, path: /}", API.baseUrl(), true),
            "{}",
            Optional.of(Duration.ofMillis(300)));
    StepOutcome.Failed failed = failed(run(attempt));
    assertThat(failed.error().type()).isEqualTo(ErrorType.TIMEOUT);
    assertThat(failed.error().retriable()).isTrue();
  }

  @Test
  void nobody_listening_is_a_retriable_failure() {
    StepOutcome.Failed failed =
        failed(
            run(Handing.attempt(yaml("{method: GET, path: /}", "http://127.0.0.1:1", true), "{}")));
    assertThat(failed.error().type()).isEqualTo(ErrorType.COMMUNICATION);
    assertThat(failed.error().retriable()).isTrue();
  }

  @Test
  void an_inside_address_is_blocked_unless_the_api_allows_it() {
    StepOutcome.Failed failed =
        failed(run(Handing.attempt(yaml("{method: GET, path: /}", API.baseUrl(), false), "{}")));
    assertThat(failed.error().type()).isEqualTo(ErrorType.BLOCKED);
    assertThat(API.getAllServeEvents()).isEmpty();
  }

  @Test
  void no_proxy_is_asked_for_it_would_see_the_secrets_and_resolve_the_names() {
    answer(aResponse());
    ProxySelector before = ProxySelector.getDefault();
    ProxySelector.setDefault(
        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
    try {
      ApiCalls direct =
          new ApiCalls(
              WAY_OUT.http(),
              Handing.secrets(Map.of("PENSTOCK_SECRET_CRM_TOKEN", SECRET)),
              new LocalGuards(GuardObserver.BLIND));
      Attempt attempt = attempt("{method: GET, path: /}", "{}");
      Action.Enrich enrich = (Action.Enrich) attempt.action();
      succeeded(direct.call(attempt, enrich.api(), enrich.request()).result());
    } finally {
      ProxySelector.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"..", ".", "%2e%2e"})
  void data_cannot_climb_out_of_the_path(String id) {
    answer(aResponse());
    StepOutcome.Result result =
        call(
            "{method: GET, path: '/people/{{ input.id }}/notes'}",
            "{\"input\":{\"id\":\"" + id + "\"}}");
    if (id.startsWith("%")) {
      // Encoded once more, so it is a name like any other.
      succeeded(result);
      assertThat(API.getAllServeEvents().getFirst().getRequest().getUrl())
          .isEqualTo("/v2/people/%252e%252e/notes");
    } else {
      assertThat(failed(result).error().type()).isEqualTo(ErrorType.VALIDATION);
      assertThat(API.getAllServeEvents()).isEmpty();
    }
  }

  @Test
  void data_cannot_add_a_header() {
    StepOutcome.Failed failed =
        failed(
            call(
                "{method: GET, path: /, headers: {X-Name: '{{ input.name }}'}}",
                "{\"input\":{\"name\":\"a\\r\\nX-Admin: true\"}}"));
    assertThat(failed.error().type()).isEqualTo(ErrorType.VALIDATION);
    assertThat(API.getAllServeEvents()).isEmpty();
  }

  @Test
  void a_missing_secret_or_api_is_a_failure_of_configuration() {
    String elsewhere =
        yaml("{method: GET, path: /}", API.baseUrl(), true).replace("crm/token", "crm/other");
    StepOutcome.Failed failed = failed(run(Handing.attempt(elsewhere, "{}")));
    assertThat(failed.error().type()).isEqualTo(ErrorType.CONFIGURATION);
    assertThat(failed.error().message()).contains("secret://crm/other");

    Attempt attempt = attempt("{method: GET, path: /}", "{}");
    Action.Enrich enrich = (Action.Enrich) attempt.action();
    assertThat(failed(calls.call(attempt, "nowhere", enrich.request()).result()).error().message())
        .isEqualTo("there is no Api 'nowhere'");
  }

  @Test
  void an_expression_without_its_data_is_a_failure_of_the_expression() {
    StepOutcome.Failed failed =
        failed(call("{method: GET, path: '/people/{{ input.id }}'}", "{\"input\":{}}"));
    assertThat(failed.error().type()).isEqualTo(ErrorType.EXPRESSION);
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    API.stubFor(any(anyUrl()).willReturn(answer));
  }

  private StepOutcome.Result get(String path) {
    return call("{method: GET, path: " + path + "}", "{}");
  }

  private StepOutcome.Result call(String request, String context) {
    return run(attempt(request, context));
  }

  private StepOutcome.Result run(Attempt attempt) {
    Action.Enrich enrich = (Action.Enrich) attempt.action();
    return calls.call(attempt, enrich.api(), enrich.request()).result();
  }

  private static Attempt attempt(String request, String context) {
    return Handing.attempt(yaml(request, API.baseUrl(), true), context);
  }

  private static String yaml(String request, String host, boolean allowPrivateAddresses) {
    return """
        kind: Api
        name: crm
        baseUrl: %s/v2/
        auth: {bearer: secret://crm/token}
        headers: {X-Api: always}
        allowPrivateAddresses: %s
        circuitBreaker: off
        ---
        kind: Workflow
        name: leads
        version: 1.0.0
        steps:
          - id: company
            enrich:
              api: crm
              request: %s
        """
        .formatted(host, allowPrivateAddresses, request.replace("\n", " "));
  }

  private static StepOutcome.Succeeded succeeded(StepOutcome.Result result) {
    assertThat(result).isInstanceOf(StepOutcome.Succeeded.class);
    return (StepOutcome.Succeeded) result;
  }

  private static StepOutcome.Failed failed(StepOutcome.Result result) {
    assertThat(result).isInstanceOf(StepOutcome.Failed.class);
    return (StepOutcome.Failed) result;
  }
}
