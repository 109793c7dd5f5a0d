package io.penstock.console.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Ingest's control API as a script: takes everything, unless told otherwise. */
final class ScriptedIngest implements AutoCloseable {
  private final HttpServer server;
  private final List<Map<?, ?>> wishes = new CopyOnWriteArrayList<>();
  private volatile Function<List<Map<?, ?>>, Reply> script = any -> accepted();

  /**
   * @param retryAfter null: none
   */
  record Reply(int status, String retryAfter, Map<String, ?> body) {}

  ScriptedIngest() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/controls", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static Reply accepted() {
    return new Reply(202, null, Map.of("accepted", 1));
  }

  void answers(Function<List<Map<?, ?>>, Reply> script) {
    this.script = script;
  }

  void reset() {
    wishes.clear();
    script = any -> accepted();
  }

  /** All that came, in order, repetitions too. */
  List<Map<?, ?>> wishes() {
    return List.copyOf(wishes);
  }

  List<String> ids() {
    return wishes.stream().map(wish -> (String) wish.get("id")).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Json body = Json.parse(exchange.getRequestBody().readAllBytes());
      List<Map<?, ?>> items = new ArrayList<>();
      for (String name : List.of("controls", "records")) {
        if (body.at(name) instanceof List<?> list) {
          list.forEach(item -> items.add((Map<?, ?>) item));
        }
      }
      wishes.addAll(items);
      Reply reply = script.apply(items);
      byte[] answer = Json.of(reply.body()).toString().getBytes(UTF_8);
      if (reply.retryAfter() != null) {
        exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
      }
      exchange.sendResponseHeaders(reply.status(), answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
