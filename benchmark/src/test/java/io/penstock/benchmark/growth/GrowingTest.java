package io.penstock.benchmark.growth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent in bulk, to a front door that keeps it. */
class GrowingTest {
  private final List<String> events = new ArrayList<>();
  private final List<String> definitions = new ArrayList<>();
  private HttpServer server;
  private FrontDoor door;
  private int busyAnswers;
  private int asked;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    door = new FrontDoor(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
  }

  @AfterEach
  void close() {
    door.close();
    server.stop(0);
  }

  @Test
  void a_backlog_grows_to_each_level_by_events_of_their_own() throws Exception {
    OpenExecutions backlog = new OpenExecutions(door, line -> {});
    backlog.growTo(700);
    backlog.growTo(1_200);

    assertThat(events).hasSize(1_200).doesNotHaveDuplicates();
    assertThat(definitions).hasSize(2); // once
  }

  @Test
  void a_backlog_has_grown_when_its_executions_wait() throws Exception {
    new OpenExecutions(door, line -> {}).growTo(10);

    assertThat(asked).isEqualTo(2); // they were still running when first asked for
  }

  @Test
  void what_is_refused_for_a_moment_is_sent_again() throws Exception {
    busyAnswers = 2;
    new OpenExecutions(door, line -> {}).growTo(10);

    assertThat(events).hasSize(10);
  }

  @Test
  void a_refusal_for_good_is_told() {
    assertThatThrownBy(() -> door.get("/nowhere"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/nowhere")
        .hasMessageContaining("404");
  }

  @Test
  void there_are_as_many_definitions_as_asked_for() throws Exception {
    Definitions workflows = new Definitions(door, line -> {});
    workflows.growTo(10);
    workflows.growTo(600);

    assertThat(definitions).hasSize(600).doesNotHaveDuplicates();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    if (busyAnswers > 0) {
      busyAnswers--;
      send(exchange, 503, "{}");
    } else if (path.equals("/definitions")) {
      new String(body, UTF_8)
          .lines()
          .filter(line -> line.startsWith("name: "))
          .forEach(definitions::add);
      send(exchange, 200, "{}");
    } else if (path.equals("/webhooks/backlog")) {
      send(exchange, 202, accepted(body));
    } else if (path.equals("/api/executions")) {
      send(exchange, 200, executions(exchange.getRequestURI().getQuery()));
    } else {
      send(exchange, 404, "{}");
    }
  }

  private String accepted(byte[] body) throws IOException {
    List<String> answers = new ArrayList<>();
    for (JsonNode event : new ObjectMapper().readTree(body)) {
      String id = event.path("id").asText();
      events.add(id);
      answers.add("{\"id\":\"%s\",\"executions\":[\"waiting~%s\"]}".formatted(id, id));
    }
    return "{\"events\":[%s]}".formatted(String.join(",", answers));
  }

  private String executions(String query) {
    String status = asked++ == 0 ? "RUNNING" : "WAITING";
    return List.of(query.substring("ids=".length()).split(",", -1)).stream()
        .map(id -> "{\"id\":\"%s\",\"status\":\"%s\"}".formatted(id, status))
        .collect(Collectors.joining(",", "{\"executions\":[", "]}"));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
