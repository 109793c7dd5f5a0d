package io.penstock.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of an alert; the API that refuses and the chat are scripted. */
class AlertIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String DEFINITIONS =
      """
      kind: Source
      name: crm
      signature: {scheme: hmac, header: X-Signature, prefix: "sha256=", secrets: ["secret://crm/webhook"]}
      event: {id: "{{ body.id }}", type: contact.created}
      ---
      {kind: Api, name: crm, baseUrl: "http://127.0.0.1:PORT", allowPrivateAddresses: true}
      ---
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: deal
          notify: {api: crm, request: {method: POST, path: /refused}}
      ---
      {kind: Channel, name: chat, type: slack, url: "http://127.0.0.1:PORT/chat", allowPrivateAddresses: true}
      ---
      {kind: Channel, name: gone, type: slack, url: "http://127.0.0.1:PORT/gone", allowPrivateAddresses: true}
      ---
      {kind: Alert, name: tell, version: 1.0.0, on: [suspended, failed], channel: chat, throttle: 0s}
      ---
      {kind: Alert, name: in-vain, version: 1.0.0, on: [suspended, failed], channel: gone, throttle: 0s}
      """;

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final Sender sender = new Sender();
  private HttpServer world;

  @BeforeEach
  void startWorld() throws IOException {
    world = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    world.createContext("/", this::answer);
    world.start();
  }

  @AfterEach
  void stopWorld() {
    world.stop(0);
  }

  @Test
  void a_suspended_execution_is_told_of_once_and_an_alert_that_fails_is_not(@TempDir Path directory)
      throws Exception {
    Path definitions =
        WrittenDefinitions.write(directory, DEFINITIONS, world.getAddress().getPort());
    try (PenstockProcess penstock =
        PenstockProcess.start(directory.resolve("data"), definitions, Installation.SECRETS)) {
      String first = sender.send(penstock, "one").orElseThrow().getFirst();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(ends(penstock, "alert.in-vain")).containsExactly("FAILED"));
      await().atMost(SOON).untilAsserted(() -> assertThat(messages).hasSize(1));

      // Behind this one the console has looked at the alert that failed too.
      String second = sender.send(penstock, "two").orElseThrow().getFirst();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(messages).hasSizeGreaterThan(1);
                assertThat(ends(penstock, "alert.in-vain")).containsExactly("FAILED", "FAILED");
                assertThat(ends(penstock, "alert.tell")).containsExactly("COMPLETED", "COMPLETED");
              });

      assertThat(messages)
          .satisfiesExactly(
              message ->
                  assertThat(message).contains("lead 1.0.0 is suspended at step deal", first),
              message -> assertThat(message).contains("suspended", second));
      assertThat(sender.statuses(penstock)).hasSize(6);
    }
  }

  private List<String> ends(PenstockProcess penstock, String workflow)
      throws IOException, InterruptedException {
    Json page = sender.get(penstock, "/api/executions?workflow=" + workflow);
    return ((List<?>) page.at("executions"))
        .stream().map(execution -> (String) ((Map<?, ?>) execution).get("status")).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestURI().getPath()) {
        case "/chat" -> {
          messages.add((String) Json.parse(body).at("text"));
          exchange.sendResponseHeaders(200, -1);
        }
        case "/gone" -> exchange.sendResponseHeaders(410, -1);
        default -> exchange.sendResponseHeaders(422, -1);
      }
    }
  }
}
