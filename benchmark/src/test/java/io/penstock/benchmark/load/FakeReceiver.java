package io.penstock.benchmark.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for Penstock: accepts webhooks and carries executions out in its own way, which a test
 * gives.
 */
final class FakeReceiver implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final ConcurrentHashMap<String, Boolean> started = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /** What is done about a webhook before it is answered. */
  interface Way {
    /**
     * @return the status of the answer
     */
    int received(String id, boolean isNew) throws Exception;
  }

  FakeReceiver(Way way) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> handle(exchange, way));
    server.start();
  }

  private void handle(HttpExchange exchange, Way way) throws IOException {
    try (exchange) {
      Matcher id = ID.matcher(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      String found = id.find() ? id.group(1) : "";
      int status = way.received(found, started.putIfAbsent(found, true) == null);
      exchange.sendResponseHeaders(status, -1);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/lead");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
