package io.penstock.ingest.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.Client;
import io.penstock.ingest.Inputs;
import io.penstock.ingest.RealBroker;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class EventResourceTest {
  private static final String DEFINITIONS =
      """
      kind: Channel
      name: event-chat
      type: http
      url: http://127.0.0.1:9/chat
      ---
      kind: Workflow
      name: event-lead
      version: 1.0.0
      on: [{source: /shop, type: order.paid}]
      steps: [{id: tell, notify: {channel: event-chat, text: hello}}]
      """;

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

  @Test
  void a_structured_event_starts_its_workflow() {
    Client.Answer answer =
        client.post(
            "/events",
            Map.of("content-type", "application/cloudevents+json"),
            "{\"specversion\":\"1.0\",\"source\":\"/shop\",\"id\":\"s-1\",\"type\":\"order.paid\",\"data\":{\"total\":5}}"
                .getBytes(UTF_8));
    assertAccepted(answer, "s-1");
  }

  @Test
  void a_binary_event_starts_its_workflow() {
    Client.Answer answer =
        client.post(
            "/events",
            Map.of(
                "content-type", "application/json",
                "ce-specversion", "1.0",
                "ce-source", "/shop",
                "ce-id", "b-1",
                "ce-type", "order.paid"),
            "{\"total\":5}".getBytes(UTF_8));
    assertAccepted(answer, "b-1");
  }

  @Test
  void a_malformed_event_is_refused() {
    Client.Answer answer =
        client.post(
            "/events",
            Map.of("content-type", "application/cloudevents+json"),
            "{}".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.at("detail").toString()).contains("specversion");
  }

  @Test
  void a_page_of_somebody_else_cannot_send_events() {
    Client.Answer answer =
        client.post(
            "/events",
            Map.of(
                "content-type", "application/cloudevents+json", "origin", "http://rebound.example"),
            "{}".getBytes(UTF_8));
    assertThat(answer.status()).isEqualTo(403);
  }

  private void assertAccepted(Client.Answer answer, String id) {
    ExecutionId execution =
        ExecutionId.of("event-lead", EventKey.of("/shop", id, Optional.empty()));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
    assertThat(answer.list("events"))
        .isEqualTo(List.of(Map.of("id", id, "executions", List.of(execution.value()))));
    assertThat(new Inputs(broker).of("/shop"))
        .filteredOn(recorded -> recorded.event().id().equals(id))
        .singleElement()
        .satisfies(
            recorded -> assertThat(recorded.event().data().toString()).isEqualTo("{\"total\":5}"));
  }
}
