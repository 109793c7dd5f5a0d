package io.penstock.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Plays a server whose answers depend on the question; it can go away and come back. */
public final class ScriptedServer implements AutoCloseable {
  private final Function<Asked, Said> script;
  private final List<Asked> requests = Collections.synchronizedList(new ArrayList<>());
  private final int port;
  private HttpServer http;

  /**
   * @param target path and query
   * @param count of requests before this one
   */
  public record Asked(String method, String target, String contentType, String body, int count) {}

  /** An answer. */
  public record Said(int status, String body, Map<String, String> headers) {
    public static Said of(int status, String body) {
      return new Said(status, body, Map.of());
    }

    public static Said ok(String body) {
      return of(200, body);
    }
  }

  public ScriptedServer(Function<Asked, Said> script) {
    this.script = script;
    this.http = listen(0);
    this.port = http.getAddress().getPort();
  }

  private HttpServer listen(int where) {
    try {
      HttpServer listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
      listening.createContext("/", this::answer);
      listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      listening.start();
      return listening;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    Asked asked =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            requests.size());
    requests.add(asked);
    Said said = script.apply(asked);
    byte[] body = said.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    said.headers().forEach(exchange.getResponseHeaders()::add);
    exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public List<Asked> requests() {
    return List.copyOf(requests);
  }

  public void goAway() {
    http.stop(0);
  }

  public void comeBack() {
    http = listen(port);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
