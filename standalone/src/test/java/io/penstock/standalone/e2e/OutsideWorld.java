package io.penstock.standalone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Simulated APIs that remember every call: {@code /enrich}, {@code /notify}, and a chat model at
 * {@code /v1/chat/completions} that always answers score 42.
 */
final class OutsideWorld implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, List<String>> keysByPath = new ConcurrentHashMap<>();
  private final List<Instant> enrichments = new CopyOnWriteArrayList<>();
  private volatile long latencyNanos;
  private volatile boolean sick;

  OutsideWorld() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void latencyMillis(long millis) {
    latencyNanos = millis * 1_000_000;
  }

  /** Whether {@code /enrich} answers 503. */
  void sick(boolean isSick) {
    sick = isSick;
  }

  /** When {@code /enrich} was called. */
  List<Instant> enrichments() {
    return List.copyOf(enrichments);
  }

  /** How often each idempotency key was seen at a path. */
  Map<String, Long> callsByKey(String path) {
    return keysByPath.getOrDefault(path, List.of()).stream()
        .collect(Collectors.groupingBy(key -> key, Collectors.counting()));
  }

  int calls(String path) {
    return keysByPath.getOrDefault(path, List.of()).size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String key = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      keysByPath.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>()).add(key);
      if (path.equals("/enrich")) {
        enrichments.add(Instant.now());
        if (sick) {
          exchange.sendResponseHeaders(503, -1);
          return;
        }
      }
      LockSupport.parkNanos(latencyNanos);
      byte[] body =
          (path.endsWith("/chat/completions")
                  ? """
                    {"id":"c1","object":"chat.completion","model":"scripted","choices":[{"index":0,
                    "message":{"role":"assistant","content":"{\\"score\\":42}"},"finish_reason":"stop"}],
                    "usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}
                    """
                  : "{\"employees\":120,\"id\":\"x1\"}")
              .getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
