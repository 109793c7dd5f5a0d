package io.penstock.worker.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.Usage;
import io.penstock.worker.call.Handing;
import io.penstock.worker.call.LimitedHttp;
import io.penstock.worker.call.WayOut;
import io.penstock.worker.limit.VirtualTime;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmHandlerTest {
  @RegisterExtension static final WayOut WAY_OUT = new WayOut();

  @RegisterExtension
  static final WireMockExtension MODEL =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final String SCHEMA =
      "output: {type: object, additionalProperties: false, required: [total],"
          + " properties: {total: {type: integer, maximum: 30}}}";
  private static final String CONTEXT = "{\"input\":{\"name\":\"Jane {{ 1 + 1 }}\"}}";

  private final LlmHandler handler =
      new LlmHandler(
          new LimitedHttp(WAY_OUT.http(), new VirtualTime().guards()),
          Handing.secrets(Map.of("PENSTOCK_SECRET_AI_KEY", "sk-test-123")));

  @Test
  void role_examples_and_question_are_asked_under_the_schema() throws Exception {
    answers(ok("{\"total\":26}", "stop"));
    AttemptResult result = ask(SCHEMA);

    assertThat(output(result)).isEqualTo("{\"total\":26}");
    assertThat(result.usage()).contains(new Usage("scorer", 100, 20, Optional.of(27L)));
    LoggedRequest request = requests().getFirst();
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer sk-test-123");
    assertThat(request.getHeader("Idempotency-Key"))
        .isEqualTo(attempt(SCHEMA).id().idempotencyKey());
    Json body = Json.parse(request.getBody());
    assertThat(body.at("model")).isEqualTo("gpt-test");
    assertThat(body.at("temperature")).isEqualTo(0.5);
    assertThat(body.at("max_completion_tokens")).isEqualTo(50L);
    assertThat(body.at("response_format", "type")).isEqualTo("json_schema");
    assertThat(body.at("response_format", "json_schema", "strict")).isEqualTo(true);
    assertThat(body.at("response_format", "json_schema", "schema", "required"))
        .isEqualTo(List.of("total"));
    assertThat(said(body))
        .containsExactly(
            "system: You score leads.",
            "user: Score: Ann",
            "assistant: {\"total\":1}",
            // Data that looks like an expression stays data.
            "user: Score: Jane {{ 1 + 1 }}");
  }

  @Test
  void a_schema_with_optional_members_is_not_asked_for_strictly() throws Exception {
    answers(ok("{}", "stop"));
    ask("output: {type: object, properties: {total: {type: integer}}}");
    Json body = Json.parse(requests().getFirst().getBody());
    assertThat(body.at("response_format", "json_schema", "strict")).isEqualTo(false);
  }

  @Test
  void without_a_schema_the_answer_is_text() throws Exception {
    answers(ok("Looks good.", "stop"));
    assertThat(output(ask(""))).isEqualTo("{\"text\":\"Looks good.\"}");
    assertThat(Json.parse(requests().getFirst().getBody()).at("response_format")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"I think 26", "{\"total\":\"26\"}", "{\"total\":31}", "{}", "``"})
  void an_answer_that_does_not_fit_gets_one_repair(String unfit) throws Exception {
    answers(ok(unfit, "stop"), ok("{\"total\":26}", "stop"));
    AttemptResult result = ask(SCHEMA);
    assertThat(output(result)).isEqualTo("{\"total\":26}");
    assertThat(result.usage().orElseThrow().inputTokens()).isEqualTo(200);
    List<String> second = said(Json.parse(requests().get(1).getBody()));
    assertThat(second).hasSize(6);
    assertThat(second.getLast()).contains("cannot be used");
  }

  @Test
  void the_repair_has_a_key_of_its_own_that_every_attempt_repeats() {
    List<String> keys = new ArrayList<>();
    for (int attempt = 1; attempt <= 2; attempt++) {
      MODEL.resetScenarios();
      answers(ok("{}", "stop"), ok("{\"total\":26}", "stop"));
      Attempt first = attempt(SCHEMA);
      CommandId id = first.id();
      handler.attempt(
          new Attempt(
              new CommandId(id.execution(), id.path(), id.generation(), attempt, 1),
              first.action(),
              first.timeout(),
              first.context(),
              first.ticket(),
              first.definitions()));
    }
    requests().forEach(request -> keys.add(request.getHeader("Idempotency-Key")));
    assertThat(keys).hasSize(4);
    // With the same key the other side might answer with the answer that did not fit.
    assertThat(keys.get(1)).isNotEqualTo(keys.get(0));
    assertThat(keys.subList(2, 4)).isEqualTo(keys.subList(0, 2));
  }

  @Test
  void a_repair_that_does_not_fit_either_fails_the_step_and_is_billed() {
    answers(ok("secret thoughts", "stop"), ok("{\"total\":\"x\"}", "stop"));
    AttemptResult result = ask(SCHEMA);
    StepOutcome.Failed failed = failed(result);
    assertThat(failed.error().type()).isEqualTo(ErrorType.VALIDATION);
    assertThat(failed.error().retriable()).isFalse();
    assertThat(failed.error().message()).contains("/total: ").doesNotContain("secret thoughts");
    assertThat(result.usage()).contains(new Usage("scorer", 200, 40, Optional.of(54L)));
    assertThat(requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | {}                                          | AUTHENTICATION | false",
        "400 | {\"error\":{\"code\":\"context_length_exceeded\"}} | TOO_LARGE | false",
        "400 | {\"error\":{\"code\":\"content_filter\"}}   | BLOCKED        | false",
        "404 | no such model                               | RUNTIME        | false",
        "429 | {\"error\":{\"code\":\"insufficient_quota\"}} | QUOTA        | false",
        "429 | {\"error\":{\"type\":\"insufficient_quota\"}} | QUOTA        | false",
        "500 | oops                                        | COMMUNICATION  | true",
        "200 | no json                                     | RUNTIME        | false",
        "200 | {\"choices\":[]}                            | RUNTIME        | false"
      })
  void a_failed_call_is_one_call(int status, String body, ErrorType type, boolean retriable) {
    answers(aResponse().withStatus(status).withHeader("Retry-After", "9").withBody(body));
    StepOutcome.Failed failed = failed(ask(SCHEMA));
    assertThat(failed.error().type()).isEqualTo(type);
    assertThat(failed.error().retriable()).isEqualTo(retriable);
    assertThat(failed.error().message()).startsWith("Model 'scorer' with Prompt");
    if (status != 200) {
      assertThat(failed.retryAfter()).contains(Duration.ofSeconds(9));
    }
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, {}", "429, oops", "503, {}"})
  void a_model_that_asks_to_wait_is_left_alone_by_all(int status, String body) {
    answers(aResponse().withStatus(status).withHeader("Retry-After", "9").withBody(body));
    assertThat(deferred(ask(SCHEMA)).delay()).isEqualTo(Duration.ofSeconds(9));
    assertThat(deferred(ask(SCHEMA)).reason())
        .isEqualTo("Model 'scorer': it asked its callers to wait");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void an_account_without_money_holds_back_nobody_else() {
    answers(
        aResponse()
            .withStatus(429)
            .withHeader("Retry-After", "9")
            .withBody("{\"error\":{\"code\":\"insufficient_quota\"}}"),
        ok("{\"total\":26}", "stop"));
    assertThat(failed(ask(SCHEMA)).error().type()).isEqualTo(ErrorType.QUOTA);
    assertThat(output(ask(SCHEMA))).isEqualTo("{\"total\":26}");
  }

  @Test
  void a_model_that_does_not_work_is_asked_once_more_before_that_counts() {
    answers(aResponse().withStatus(500), aResponse().withStatus(500));
    String yaml = yaml(SCHEMA).replace("circuitBreaker: off", "");
    StepOutcome.Deferred first = deferred(handler.attempt(Handing.attempt(yaml, CONTEXT)));
    Attempt again = Handing.attempt(yaml, CONTEXT);
    StepOutcome.Failed second =
        failed(
            handler.attempt(
                new Attempt(
                    again.id(),
                    again.action(),
                    again.timeout(),
                    again.context(),
                    first.ticket(),
                    again.definitions())));
    assertThat(second.error().type()).isEqualTo(ErrorType.COMMUNICATION);
  }

  @Test
  void a_repair_counts_for_the_limits_too_and_what_was_used_is_told() {
    answers(ok("{\"total\":99}", "stop"), ok("{\"total\":26}", "stop"));
    AttemptResult result =
        handler.attempt(
            Handing.attempt(
                yaml(SCHEMA).replace("circuitBreaker: off", "rateLimit: 1/min"), CONTEXT));
    assertThat(deferred(result).reason()).isEqualTo("Model 'scorer': its rate limit is reached");
    assertThat(result.usage()).isPresent();
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"length, TOO_LARGE", "content_filter, BLOCKED"})
  void an_answer_that_was_cut_or_refused_is_not_repaired_but_billed(
      String finishReason, ErrorType type) {
    answers(ok("{\"tot", finishReason));
    AttemptResult result = ask(SCHEMA);
    assertThat(failed(result).error().type()).isEqualTo(type);
    assertThat(result.usage()).isPresent();
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_refusal_is_blocked_and_billed() {
    answers(
        aResponse()
            .withBody(
                "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"refusal\":\"I"
                    + " cannot\"}}],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":5}}"));
    AttemptResult result = ask(SCHEMA);
    assertThat(failed(result).error().type()).isEqualTo(ErrorType.BLOCKED);
    assertThat(result.usage().orElseThrow().outputTokens()).isEqualTo(5);
  }

  @Test
  void a_silent_model_is_a_timeout() {
    answers(ok("{\"total\":26}", "stop").withFixedDelay(20_000));
    Attempt patient = attempt(SCHEMA);
    StepOutcome.Failed failed =
        failed(
            handler.attempt(
                new Attempt(
                    patient.id(),
                    patient.action(),
                    Optional.of(Duration.ofMillis(300)),
                    patient.context(),
                    patient.ticket(),
                    patient.definitions())));
    assertThat(failed.error().type()).isEqualTo(ErrorType.TIMEOUT);
  }

  @Test
  void a_model_at_an_inside_address_is_blocked_unless_allowed() {
    StepOutcome.Failed failed =
        failed(
            handler.attempt(
                Handing.attempt(
                    yaml(SCHEMA).replace("Addresses: true", "Addresses: false"), CONTEXT)));
    assertThat(failed.error().type()).isEqualTo(ErrorType.BLOCKED);
  }

  @Test
  void a_missing_prompt_model_or_key_is_a_failure_of_configuration() {
    for (String yaml :
        List.of(
            yaml(SCHEMA).replace("prompt: scoring@1.0.0", "prompt: scoring@2.0.0"),
            yaml(SCHEMA).replace("model: scorer", "model: nobody"),
            yaml(SCHEMA).replace("secret://ai/key", "secret://ai/other"))) {
      StepOutcome.Failed failed = failed(handler.attempt(Handing.attempt(yaml, CONTEXT)));
      assertThat(failed.error().type()).isEqualTo(ErrorType.CONFIGURATION);
    }
    assertThat(requests()).isEmpty();
  }

  private static void answers(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      MODEL.stubFor(
          post("/v1/chat/completions")
              .inScenario("conversation")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
              .willSetStateTo("after " + (i + 1))
              .willReturn(answers[i]));
    }
  }

  private static ResponseDefinitionBuilder ok(String content, String finishReason) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "assistant");
    message.put("content", content == null ? "" : content);
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody(
            Json.of(
                    Map.of(
                        "choices",
                        List.of(
                            Map.of("index", 0, "finish_reason", finishReason, "message", message)),
                        "usage",
                        Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)))
                .utf8());
  }

  private AttemptResult ask(String output) {
    return handler.attempt(attempt(output));
  }

  private static Attempt attempt(String output) {
    return Handing.attempt(yaml(output), CONTEXT);
  }

  private static String yaml(String output) {
    return """
        kind: Model
        name: scorer
        model: gpt-test
        baseUrl: %s/v1
        apiKey: secret://ai/key
        prices: {input: 0.15, output: 0.6}
        allowPrivateAddresses: true
        circuitBreaker: off
        ---
        kind: Prompt
        name: scoring
        version: 1.0.0
        model: scorer
        system: You score leads.
        user: "Score: {{ vars.name }}"
        examples:
          - {user: "Score: Ann", assistant: {total: 1}}
        temperature: 0.5
        maxOutputTokens: 50
        %s
        ---
        kind: Workflow
        name: leads
        version: 1.0.0
        steps:
          - id: score
            llm: {prompt: scoring@1.0.0, variables: {name: "{{ input.name }}"}}
        """
        .formatted(MODEL.baseUrl(), output);
  }

  private static List<LoggedRequest> requests() {
    List<LoggedRequest> newestLast = new ArrayList<>();
    MODEL.getAllServeEvents().forEach(event -> newestLast.addFirst(event.getRequest()));
    return newestLast;
  }

  private static List<String> said(Json body) {
    return ((List<?>) body.at("messages"))
        .stream()
            .map(message -> Json.of(message))
            .map(message -> message.at("role") + ": " + message.at("content"))
            .toList();
  }

  private static String output(AttemptResult result) {
    assertThat(result.result()).isInstanceOf(StepOutcome.Succeeded.class);
    return new String(
        ((StepOutcome.Succeeded) result.result()).output().utf8(), StandardCharsets.UTF_8);
  }

  private static StepOutcome.Deferred deferred(AttemptResult result) {
    assertThat(result.result()).isInstanceOf(StepOutcome.Deferred.class);
    return (StepOutcome.Deferred) result.result();
  }

  private static StepOutcome.Failed failed(AttemptResult result) {
    assertThat(result.result()).isInstanceOf(StepOutcome.Failed.class);
    return (StepOutcome.Failed) result.result();
  }
}
