package io.penstock.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Not the other side, but real HTTP: requests in JSON are answered by a script. */
public final class ScriptedServer implements AutoCloseable {
  private final HttpServer server;
  private final Function<Json, Reply> script;

  /** With the headers of the answer. */
  public record Reply(int status, Map<String, String> headers, String body) {}

  /**
   * @param path where it listens; what lies below it too
   * @param script may be asked by several threads
   */
  public ScriptedServer(String path, Function<Json, Reply> script) {
    this.script = script;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(path, this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Without the path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = script.apply(Json.parse(exchange.getRequestBody().readAllBytes()));
      byte[] body = reply.body().getBytes(UTF_8);
      reply.headers().forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
