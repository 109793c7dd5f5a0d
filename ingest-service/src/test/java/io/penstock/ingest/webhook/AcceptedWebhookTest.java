package io.penstock.ingest.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.Client;
import io.penstock.ingest.Inputs;
import io.penstock.ingest.RealBroker;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a 202 means: the event is on the log, as it will be decided on. */
@QuarkusTest
@QuarkusTestResource(RealBroker.class)
class AcceptedWebhookTest {
  private static final String DEFINITIONS =
      """
      kind: Source
      name: accepted
      signature: {scheme: hmac, secrets: [secret://sender/hmac], header: X-Signature, prefix: "sha256="}
      event: {id: '{{ body.id }}', type: created, subject: '{{ has(query.portal) ? query.portal : "" }}'}
      ---
      kind: Source
      name: ordered
      signature: {scheme: none}
      event: {id: '{{ body.id }}', type: created, partitionKey: '{{ body.email }}'}
      ---
      kind: Source
      name: standard
      signature: {scheme: standard-webhooks, secrets: [secret://sender/standard]}
      event: {type: created}
      ---
      kind: Source
      name: nobody-listens
      signature: {scheme: none}
      event: {id: '{{ body.id }}', type: created}
      ---
      kind: Source
      name: no-ids
      signature: {scheme: none}
      event: {id: random, type: created}
      ---
      kind: Channel
      name: accepted-chat
      type: http
      url: http://127.0.0.1:9/chat
      ---
      kind: Workflow
      name: accepted-one
      version: 1.2.0
      on: [{source: accepted, type: created}, {source: ordered, type: created}]
      steps: [{id: tell, notify: {channel: accepted-chat, text: hello}}]
      ---
      kind: Workflow
      name: accepted-two
      version: 0.1.0
      on: [{source: accepted, type: created, when: data.size > 5}]
      steps: [{id: tell, notify: {channel: accepted-chat, text: hello}}]
      """;

  private static boolean applied;

  @TestHTTPResource("/")
  URI base;

  RealBroker broker;
  private Client client;
  private Inputs inputs;

  @BeforeEach
  void definitionsAreApplied() {
    client = new Client(base);
    inputs = new Inputs(broker);
    if (!applied) {
      client.awaitReady().applied(DEFINITIONS);
      applied = true;
    }
  }

  @Test
  void an_accepted_event_is_on_the_log_with_what_it_starts() {
    Client.Answer answer = client.signed("accepted?portal=42", "{\"id\":\"e-1\",\"size\":9}");
    EventKey key = EventKey.of("accepted", "e-1", Optional.empty());
    ExecutionId one = ExecutionId.of("accepted-one", key);
    ExecutionId two = ExecutionId.of("accepted-two", key);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    assertThat(answer.list("events"))
        .isEqualTo(List.of(Map.of("id", "e-1", "executions", List.of(one.value(), two.value()))));

    Inputs.Recorded recorded = only("accepted", "e-1");
    EventAccepted event = recorded.event();
    assertThat(event.type()).isEqualTo("created");
    assertThat(event.subject()).contains("42");
    assertThat(event.partitionKey()).isEmpty();
    assertThat(event.data().toString()).isEqualTo("{\"id\":\"e-1\",\"size\":9}");
    assertThat(event.starts())
        .containsExactly(
            new EventAccepted.Start("accepted-one", "1.2.0", one),
            new EventAccepted.Start("accepted-two", "0.1.0", two));
    assertThat(new String(recorded.record().key(), UTF_8)).isEqualTo(one.recordKey());
    assertThat(recorded.record().partition())
        .isEqualTo(BuiltInPartitioner.partitionForKey(one.recordKey().getBytes(UTF_8), 4));
  }

  @Test
  void a_redelivery_gets_the_same_ids() {
    Client.Answer first = client.signed("accepted", "{\"id\":\"e-2\",\"size\":9}");
    Client.Answer second = client.signed("accepted", "{\"id\":\"e-2\",\"size\":9}");
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void a_standard_webhook_is_identified_by_its_header() {
    byte[] body = "{\"a\":1}".getBytes(UTF_8);
    Client.Answer answer =
        client.post(
            "/webhooks/standard",
            Client.standardHeaders("msg_1", Instant.now().getEpochSecond(), body),
            body);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(only("standard", "msg_1").event().data().toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void an_event_that_nobody_subscribed_to_is_recorded() {
    Client.Answer answer = client.signed("nobody-listens", "{\"id\":1}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.list("events"))
        .isEqualTo(List.of(Map.of("id", "1", "executions", List.of())));
    assertThat(only("nobody-listens", "1").event().starts()).isEmpty();
  }

  @Test
  void an_array_is_one_event_for_each_element() {
    Client.Answer answer =
        client.signed("accepted", "[{\"id\":\"a-1\",\"size\":1},{\"id\":\"a-2\",\"size\":9}]");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.list("events")).hasSize(2);
    assertThat(only("accepted", "a-1").event().starts()).hasSize(1);
    assertThat(only("accepted", "a-2").event().starts()).hasSize(2);
  }

  @Test
  void a_partition_key_decides_the_partition_and_leaves_only_as_a_hash() {
    client.signed("ordered", "{\"id\":\"o-1\",\"email\":\"ada@example.com\"}");
    client.signed("ordered", "{\"id\":\"o-2\",\"email\":\"ada@example.com\"}");
    Inputs.Recorded first = only("ordered", "o-1");
    Inputs.Recorded second = only("ordered", "o-2");
    EventKey key = EventKey.of("ordered", "o-1", Optional.of("ada@example.com"));
    assertThat(first.event().partitionKey()).contains(key.recordKey());
    assertThat(new String(first.record().key(), UTF_8)).isEqualTo(key.recordKey());
    assertThat(second.record().key()).isEqualTo(first.record().key());
    assertThat(second.record().partition()).isEqualTo(first.record().partition());
    assertThat(first.event().starts().getFirst().execution())
        .isEqualTo(ExecutionId.of("accepted-one", key));
  }

  @Test
  void without_ids_every_delivery_is_another_event() {
    Client.Answer first = client.signed("no-ids", "{}");
    Client.Answer second = client.signed("no-ids", "{}");
    assertThat(second.body()).isNotEqualTo(first.body());
  }

  private Inputs.Recorded only(String source, String id) {
    List<Inputs.Recorded> found =
        inputs.of(source).stream().filter(recorded -> recorded.event().id().equals(id)).toList();
    assertThat(found).as(source + " " + id).hasSize(1);
    return found.getFirst();
  }
}
