package io.penstock.worker.call;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.schema.definition.Action;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.limit.VirtualTime;
import io.penstock.worker.runtime.Attempt;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, circuit and Retry-After before real HTTP calls, in virtual time. No Quarkus test. */
class GuardedApiCallsTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  @RegisterExtension
  static final WireMockExtension API =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final VirtualTime time = new VirtualTime();
  private final ApiCalls calls =
      new ApiCalls(
          WAY_OUT.http(),
          Handing.secrets(Map.of()),
          time.guards(),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "429 | Retry-After | 7",
        "503 | Retry-After | 7",
        "429 | Retry-After | Sun, 22 Nov 2026 10:00:07 GMT",
        "429 | retry-after-ms | 7000",
        "429 | retry-after-ms | 6999.5"
      })
  void who_asks_to_wait_seven_seconds_is_not_called_before_by_anybody(
      int status, String header, String value) {
    answer(aResponse().withStatus(status).withHeader(header, value));
    StepOutcome.Deferred first = deferred("");
    assertThat(first.delay()).isEqualTo(Duration.ofSeconds(7));
    assertThat(first.reason()).isEqualTo("Api 'crm': it asked its callers to wait");

    answer(aResponse());
    time.advance(Duration.ofSeconds(7).minusNanos(1));
    for (int i = 0; i < 50; i++) {
      deferred("");
    }
    assertThat(made()).isEqualTo(1);
    time.advance(Duration.ofNanos(1));
    assertThat(call("")).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(made()).isEqualTo(2);
  }

  @Test
  void too_many_requests_costs_no_attempt_also_without_a_time() {
    answer(aResponse().withStatus(429));
    assertThat(deferred("").delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void an_api_that_is_down_is_left_alone_and_then_probed_once() {
    String breaker = "circuitBreaker: {requestVolumeThreshold: 4, delay: 5s}";
    answer(aResponse().withStatus(502));
    for (int i = 0; i < 3; i++) {
      assertThat(deferred(breaker).reason())
          .isEqualTo(
              "Api 'crm': it did not work; it is called once more before that counts as an"
                  + " attempt");
    }
    StepOutcome.Deferred opening = deferred(breaker);
    assertThat(opening.delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(opening.reason()).isEqualTo("Api 'crm': its circuit is open, it did not work");
    for (int i = 0; i < 50; i++) {
      deferred(breaker);
    }
    assertThat(made()).isEqualTo(4);

    time.advance(Duration.ofSeconds(5));
    deferred(breaker);
    deferred(breaker);
    assertThat(made()).as("one probe").isEqualTo(5);

    answer(aResponse());
    time.advance(Duration.ofSeconds(5));
    assertThat(call(breaker)).isInstanceOf(StepOutcome.Succeeded.class);
    assertThat(call(breaker)).isInstanceOf(StepOutcome.Succeeded.class);
  }

  @Test
  void the_second_call_of_an_attempt_has_the_same_key_and_its_failure_counts() {
    answer(aResponse().withStatus(502));
    StepOutcome.Deferred first = deferred("");
    StepOutcome.Failed second = (StepOutcome.Failed) run(yaml(""), first.ticket());
    assertThat(second.error().type()).isEqualTo(ErrorType.COMMUNICATION);
    assertThat(
            API.getAllServeEvents().stream()
                .map(made -> made.getRequest().getHeader("Idempotency-Key"))
                .distinct())
        .hasSize(1);
    assertThat(made()).isEqualTo(2);
  }

  @Test
  void without_a_breaker_each_call_is_an_attempt() {
    answer(aResponse().withStatus(502));
    assertThat(call("circuitBreaker: off")).isInstanceOf(StepOutcome.Failed.class);
  }

  @Test
  void a_server_that_is_not_there_opens_the_circuit() {
    String gone =
        yaml("circuitBreaker: {requestVolumeThreshold: 2, delay: 5s}")
            .replace(API.baseUrl(), "http://127.0.0.1:1");
    assertThat(((StepOutcome.Deferred) run(gone, Optional.empty())).reason()).contains("once more");
    assertThat(((StepOutcome.Deferred) run(gone, Optional.empty())).reason())
        .contains("its circuit is open");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 408, 409, 422, 425, 501})
  void a_refusal_says_nothing_about_health(int status) {
    answer(aResponse().withStatus(status));
    for (int i = 0; i < 10; i++) {
      assertThat(call("circuitBreaker: {requestVolumeThreshold: 2}"))
          .isInstanceOf(StepOutcome.Failed.class);
    }
    assertThat(made()).isEqualTo(10);
  }

  @Test
  void a_rate_limit_defers_without_a_call_and_a_ticket_lets_in() {
    answer(aResponse());
    String limit = "rateLimit: 1/min";
    assertThat(call(limit)).isInstanceOf(StepOutcome.Succeeded.class);
    StepOutcome.Deferred waiter = deferred(limit);
    assertThat(waiter.reason()).isEqualTo("Api 'crm': its rate limit is reached");
    assertThat(waiter.delay()).isEqualTo(Duration.ofMinutes(1));
    assertThat(made()).isEqualTo(1);
    time.advance(Duration.ofMinutes(1));
    deferred(limit);
    assertThat(run(yaml(limit), waiter.ticket())).isInstanceOf(StepOutcome.Succeeded.class);
  }

  @Test
  void a_request_that_cannot_be_made_takes_nothing_from_the_limit() {
    answer(aResponse());
    String limit = "rateLimit: 1/min";
    StepOutcome.Result bad =
        run(yaml(limit).replace("path: /", "path: '/{{ input.missing }}'"), Optional.empty());
    assertThat(((StepOutcome.Failed) bad).error().type()).isEqualTo(ErrorType.EXPRESSION);
    assertThat(call(limit)).isInstanceOf(StepOutcome.Succeeded.class);
  }

  @Test
  void a_deferral_after_an_answer_does_not_show_data_or_secrets() {
    answer(aResponse().withStatus(429).withBody("jane@example.com"));
    assertThat(deferred("").reason()).isEqualTo("Api 'crm': it asked its callers to wait");
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    API.stubFor(any(anyUrl()).willReturn(answer));
  }

  private static int made() {
    return API.getAllServeEvents().size();
  }

  private StepOutcome.Result call(String limits) {
    return run(yaml(limits), Optional.empty());
  }

  private StepOutcome.Deferred deferred(String limits) {
    StepOutcome.Result result = call(limits);
    assertThat(result).isInstanceOf(StepOutcome.Deferred.class);
    return (StepOutcome.Deferred) result;
  }

  private StepOutcome.Result run(String yaml, Optional<String> ticket) {
    Attempt first = Handing.attempt(yaml, "{\"input\":{}}");
    Attempt attempt =
        new Attempt(
            first.id(),
            first.action(),
            first.timeout(),
            first.context(),
            ticket,
            first.definitions());
    Action.Enrich enrich = (Action.Enrich) attempt.action();
    return calls.call(attempt, enrich.api(), enrich.request()).result();
  }

  private static String yaml(String limits) {
    return """
        kind: Api
        name: crm
        baseUrl: %s
        allowPrivateAddresses: true
        %s
        ---
        kind: Workflow
        name: leads
        version: 1.0.0
        steps:
          - id: company
            enrich: {api: crm, request: {method: GET, path: /}}
        """
        .formatted(API.baseUrl(), limits);
  }
}
