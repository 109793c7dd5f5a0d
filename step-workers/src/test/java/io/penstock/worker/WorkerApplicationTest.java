package io.penstock.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.runtime.WorkerWorld;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application as it is deployed: all kinds, a real broker, real HTTP calls. */
@QuarkusTest
@QuarkusTestResource(BrokerBeforeApplication.class)
class WorkerApplicationTest {
  @RegisterExtension
  static final WireMockExtension OUTSIDE =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private static final String DEFINITIONS =
      """
      {kind: Api, name: crm, baseUrl: "OUTSIDE/crm", allowPrivateAddresses: true}
      ---
      {kind: Channel, name: sales, type: slack, url: "OUTSIDE/sales", allowPrivateAddresses: true}
      ---
      {kind: Model, name: fast, model: m, baseUrl: "OUTSIDE/v1", allowPrivateAddresses: true}
      ---
      {kind: Prompt, name: scoring, version: 1.0.0, model: fast, user: Score it.}
      ---
      """;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String bootstrapServers;

  @TestHTTPResource("/q/health/ready")
  URI ready;

  @TestHTTPResource("/q/health/live")
  URI live;

  @Test
  void every_kind_of_step_is_executed_and_the_application_says_that_it_is_ready() throws Exception {
    OUTSIDE.stubFor(get("/crm/leads").willReturn(okJson("{\"leads\":3}")));
    OUTSIDE.stubFor(post("/sales").willReturn(okJson("{\"ok\":true}")));
    OUTSIDE.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                okJson(
                    "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"hot\"}}]}")));
    try (WorkerWorld world = WorkerWorld.connect(bootstrapServers)) {
      world.define(DEFINITIONS.replace("OUTSIDE", OUTSIDE.baseUrl()) + WorkerWorld.WORKFLOW);
      Map<StepKind, String> outputs =
          Map.of(
              StepKind.ENRICH, "{\"leads\":3}",
              StepKind.NOTIFY, "{\"ok\":true}",
              StepKind.LLM, "{\"text\":\"hot\"}",
              StepKind.ROUTE, "{\"branch\":0}");
      for (StepKind kind : StepKind.values()) {
        world.send(
            WorkerWorld.command(
                kind,
                kind.id(),
                1,
                Json.parse("{\"input\":{\"total\":6}}".getBytes(StandardCharsets.UTF_8))));
      }
      for (StepKind kind : StepKind.values()) {
        StepOutcome outcome = world.awaitOutcomes(kind.id(), 1).getFirst();
        assertThat(outcome.result()).isInstanceOf(StepOutcome.Succeeded.class);
        assertThat(((StepOutcome.Succeeded) outcome.result()).output())
            .hasToString(outputs.get(kind));
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(answer(ready).statusCode()).isEqualTo(200));
    assertThat(answer(ready).body()).contains("step-workers", "\"llm\": true");
    assertThat(answer(live).statusCode()).isEqualTo(200);
    assertThat(answer(live).body()).doesNotContain("step-workers");
  }

  private static HttpResponse<String> answer(URI address) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
