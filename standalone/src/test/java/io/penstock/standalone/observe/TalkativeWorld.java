package io.penstock.standalone.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Simulated APIs that tell all they know: every answer repeats the caller's {@code Authorization},
 * and errors quote data. {@code /enrich} fails once for each call before it answers, {@code
 * /broken} always, {@code /busy} asks each call once to come again in a second. Also an
 * OpenTelemetry collector, at {@code /v1/traces}.
 */
final class TalkativeWorld implements AutoCloseable {
  private final HttpServer server;
  private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
  private final List<String> traceParents = new CopyOnWriteArrayList<>();
  private final List<ExportedSpan> spans = new CopyOnWriteArrayList<>();

  TalkativeWorld() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.createContext("/v1/traces", this::collect);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Of all calls so far; {@code null} where there was none. */
  List<String> traceParents() {
    return traceParents;
  }

  List<ExportedSpan> spans() {
    return spans;
  }

  private void collect(HttpExchange exchange) throws IOException {
    try (exchange) {
      spans.addAll(ExportedSpan.read(exchange.getRequestBody().readAllBytes()));
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      traceParents.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
      String path = exchange.getRequestURI().getPath();
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      String caller = exchange.getRequestHeaders().getFirst("Authorization");
      if (path.equals("/broken")) {
        send(exchange, 400, "{\"error\":\"%s %s\"}".formatted(Canaries.ERROR_BODY, caller));
      } else if (path.equals("/enrich") && failedOnce.add(key)) {
        send(exchange, 503, "{\"error\":\"%s %s\"}".formatted(Canaries.ERROR_BODY, caller));
      } else if (path.equals("/busy") && failedOnce.add(key)) {
        exchange.getResponseHeaders().add("Retry-After", "1");
        send(exchange, 429, "{}");
      } else if (path.endsWith("/chat/completions")) {
        send(
            exchange,
            200,
            """
            {"id":"c1","object":"chat.completion","model":"scripted","choices":[{"index":0,
            "message":{"role":"assistant","content":"{\\"score\\":42}"},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
            """);
      } else {
        send(exchange, 200, "{\"said\":\"%s\",\"by\":\"%s\"}".formatted(Canaries.ANSWER, caller));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
