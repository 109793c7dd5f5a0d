package io.penstock.standalone.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The world of the runbook. Orders are reserved, charged and told; but their workflow has the wrong
 * path for the charge, and one order has no amount. Newsletters have nobody who takes them.
 */
final class Shop implements AutoCloseable {
  static final int ORDERS = 12;
  static final int NEWSLETTERS = 3;

  private static final String API =
      """
      kind: Api
      name: shop
      baseUrl: http://127.0.0.1:PORT
      allowPrivateAddresses: true
      ---
      kind: Workflow
      name: newsletter
      version: 1.0.0
      on: [{source: /shop, type: newsletter.wanted}]
      steps:
        - id: subscribe
          enrich: {api: shop, request: {method: POST, path: /newsletter}}
      """;

  private static final String ORDER =
      """
      kind: Workflow
      name: order
      version: VERSION
      on: [{source: /shop, type: order.paid}]
      steps:
        - id: reserve
          enrich: {api: shop, request: {method: POST, path: /reserve}}
        - id: charge
          enrich: {api: shop, request: {method: POST, path: CHARGE, body: {amount: "{{ input.amount }}"}}}
        - id: tell
          notify: {api: shop, request: {method: POST, path: /tell}}
      """;

  private final HttpServer server;
  private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();

  Shop() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** The definitions as they are at three in the morning. */
  Path broken(Path directory) throws IOException {
    String api = API.replace("PORT", Integer.toString(server.getAddress().getPort()));
    return write(directory.resolve("definitions"), api + "---\n" + order("1.0.0", "/chrage"));
  }

  /** What the person on call makes of them, in the folder of the runbook. */
  static Path fixed(Path directory) throws IOException {
    return write(directory.resolve("fixed"), order("1.0.1", "/charge"));
  }

  private static String order(String version, String charge) {
    return ORDER.replace("VERSION", version).replace("CHARGE", charge);
  }

  private static Path write(Path folder, String definitions) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("shop.yaml"), definitions);
    return folder;
  }

  /** A file for {@code penstock emit}: all but the order without an amount. */
  static Path events(Path directory) throws IOException {
    List<Object> events = new ArrayList<>();
    for (int i = 1; i < ORDERS; i++) {
      events.add(event("order.paid", "o-" + i, i));
    }
    for (int i = 0; i < NEWSLETTERS; i++) {
      events.add(event("newsletter.wanted", "n-" + i, i));
    }
    return Files.write(directory.resolve("events.json"), Json.of(events).utf8());
  }

  /** The order without an amount. To be sent last, so that it is not in a sample of the oldest. */
  static Path lastEvent(Path directory) throws IOException {
    return Files.write(
        directory.resolve("last.json"), Json.of(event("order.paid", "o-0", 0)).utf8());
  }

  private static Map<String, Object> event(String type, String id, int amount) {
    return Map.of(
        "specversion",
        "1.0",
        "source",
        "/shop",
        "type",
        type,
        "id",
        id,
        "data",
        Map.of("amount", (long) amount));
  }

  /** Of every call at a path. */
  List<String> bodies(String path) {
    return bodies.getOrDefault(path, List.of());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      bodies.computeIfAbsent(path, any -> new CopyOnWriteArrayList<>()).add(body);
      byte[] answer = "{}".getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status(path, body), answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static int status(String path, String body) {
    return switch (path) {
      case "/charge" -> body.contains("\"amount\":0") ? 422 : 200;
      case "/newsletter" -> 410;
      default -> Stream.of("/reserve", "/tell").anyMatch(path::equals) ? 200 : 404;
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
