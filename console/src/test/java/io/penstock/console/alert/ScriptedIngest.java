package io.penstock.console.alert;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Not ingest: a door that answers as it is told, and remembers what came. */
final class ScriptedIngest implements AutoCloseable {
  static final String STARTS = "{\"events\":[{\"id\":\"x\",\"executions\":[\"alert.tell~x\"]}]}";
  static final String STARTS_NOTHING = "{\"events\":[{\"id\":\"x\",\"executions\":[]}]}";

  private final HttpServer server;
  private final List<Json> events = new CopyOnWriteArrayList<>();
  private final Deque<Scripted> script = new ArrayDeque<>();

  private record Scripted(int status, String body) {}

  ScriptedIngest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/events", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answer; without one an event starts its execution. */
  ScriptedIngest next(int status, String body) {
    script.add(new Scripted(status, body));
    return this;
  }

  /** What was sent, whatever was answered. */
  List<Json> events() {
    return events;
  }

  /** Different ones: as many executions as Penstock would have started. */
  List<String> ids() {
    return events.stream().map(event -> (String) event.at("id")).distinct().toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      events.add(Json.parse(exchange.getRequestBody().readAllBytes()));
      Scripted scripted = script.isEmpty() ? new Scripted(202, STARTS) : script.remove();
      byte[] body = scripted.body().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(scripted.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
