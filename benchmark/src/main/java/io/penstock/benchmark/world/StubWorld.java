package io.penstock.benchmark.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The outside world of the lead workflow: an enrichment API, a chat model and a place to notify.
 * Records for each lead what was called how often and when.
 *
 * <p>One event loop does everything: cheap, since it shares the machine with what is measured, and
 * in need of no lock. Understands the same requests as the stub of the comparison with other
 * systems, plus {@code GET /calls}.
 */
public final class StubWorld implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int BACKLOG = 4096;

  private final Vertx vertx;
  private final Map<Endpoint, Behaviour> behaviours = new EnumMap<>(Endpoint.class);
  private final HttpServer server;
  private final int parts;
  private Ledger ledger;
  private int retryAfterSeconds = 1;

  private StubWorld(int port, Map<Endpoint, Behaviour> behaviours, int parts) {
    this.parts = parts;
    ledger = new Ledger(parts);
    for (Endpoint endpoint : Endpoint.values()) {
      this.behaviours.put(endpoint, behaviours.getOrDefault(endpoint, Behaviour.PROMPT));
    }
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(HOST)
                    .setPort(port)
                    .setTcpNoDelay(true)
                    .setAcceptBacklog(BACKLOG))
            .requestHandler(
                request -> request.body().onSuccess(body -> handle(request, body.toString())));
  }

  /** A world in which one notification completes a lead. */
  public static StubWorld start(int port, Map<Endpoint, Behaviour> behaviours) {
    return start(port, behaviours, 1);
  }

  /**
   * Starts and returns when requests are answered.
   *
   * @param port 0 for any free one, see {@link #port()}
   * @param behaviours those that are missing are {@link Behaviour#PROMPT}
   * @param parts how many notifications complete a lead: they differ in their member 'part'
   * @throws IllegalStateException if the port is taken
   */
  public static StubWorld start(int port, Map<Endpoint, Behaviour> behaviours, int parts) {
    StubWorld world = new StubWorld(port, behaviours, parts);
    try {
      world.server.listen().toCompletionStage().toCompletableFuture().join();
      return world;
    } catch (RuntimeException e) {
      world.close();
      throw new IllegalStateException(
          "the stub world cannot listen on %s:%d: %s".formatted(HOST, port, e.getMessage()), e);
    }
  }

  public int port() {
    return server.actualPort();
  }

  public String url() {
    return "http://" + HOST + ":" + port();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void handle(HttpServerRequest request, String body) {
    switch (request.path()) {
      case "/enrich" -> {
        String inQuery = Optional.ofNullable(request.getParam("id")).orElse("");
        called(
            Endpoint.ENRICH,
            inQuery.isEmpty() ? LeadIds.member(body, "id") : inQuery,
            body,
            request);
      }
      case "/v1/chat/completions" -> called(Endpoint.CHAT, LeadIds.inPrompt(body), body, request);
      case "/notify" -> called(Endpoint.NOTIFY, LeadIds.member(body, "id"), body, request);
      case "/stats" ->
          answer(request, 200, json(prefix(request).map(ledger::stats).orElseGet(ledger::stats)));
      case "/events" -> text(request, ledger.events(prefix(request).orElse("")));
      case "/calls" -> text(request, ledger.calls(prefix(request).orElse("")));
      case "/config" -> config(request, body);
      case "/reset" -> {
        ledger = new Ledger(parts);
        answer(request, 200, "{}");
      }
      default -> answer(request, 404, "{\"error\":\"no such endpoint\"}");
    }
  }

  private void called(Endpoint endpoint, String id, String body, HttpServerRequest request) {
    Behaviour behaviour = behaviours.get(endpoint);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int nth = ledger.arrived(endpoint, id, System.nanoTime());
    boolean fails =
        (!id.isEmpty() && nth <= behaviour.failFirst())
            || (nth == 1 && behaviour.failOnce() > 0 && random.nextDouble() < behaviour.failOnce())
            || (behaviour.fail() > 0 && random.nextDouble() < behaviour.fail());
    double waitMs =
        behaviour.latencyMs()
            + (behaviour.jitterMs() > 0 ? random.nextDouble(behaviour.jitterMs()) : 0);
    Runnable end = () -> end(endpoint, id, body, request, fails);
    if (Math.round(waitMs) > 0) {
      vertx.setTimer(Math.round(waitMs), timer -> end.run());
    } else {
      end.run();
    }
  }

  private void end(
      Endpoint endpoint, String id, String body, HttpServerRequest request, boolean fails) {
    if (fails) {
      ledger.failed(endpoint);
      fail(request, behaviours.get(endpoint).status());
      return;
    }
    ledger.answered(endpoint, id, System.nanoTime());
    if (endpoint == Endpoint.NOTIFY) {
      ledger.notified(id, LeadIds.member(body, "part"), System.nanoTime());
      ledger.notifiedIn(LeadIds.member(body, "channel"), id);
    }
    answer(request, 200, WorldAnswers.to(endpoint, id));
  }

  private void fail(HttpServerRequest request, int status) {
    if (status == Behaviour.DROP) {
      request.connection().close();
      return;
    }
    if (status == TOO_MANY_REQUESTS || status == UNAVAILABLE) {
      request.response().putHeader("retry-after", Integer.toString(retryAfterSeconds));
    }
    answer(request, status, WorldAnswers.failure(status));
  }

  private void config(HttpServerRequest request, String body) {
    if (HttpMethod.POST.equals(request.method())) {
      try {
        change(JSON.readTree(body));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        answer(request, 400, json(Map.of("error", e.getMessage())));
        return;
      }
    }
    Map<String, Object> config = Behaviour.asConfig(behaviours);
    config.put("retryAfter", retryAfterSeconds);
    answer(request, 200, json(config));
  }

  /** All of it or nothing. */
  private void change(JsonNode config) {
    Map<Endpoint, Behaviour> changed = new EnumMap<>(Endpoint.class);
    behaviours.forEach(
        (endpoint, behaviour) -> changed.put(endpoint, behaviour.changedBy(config, endpoint)));
    behaviours.putAll(changed);
    retryAfterSeconds = config.path("retryAfter").asInt(retryAfterSeconds);
  }

  private static Optional<String> prefix(HttpServerRequest request) {
    return Optional.ofNullable(request.getParam("run")).filter(prefix -> !prefix.isEmpty());
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of text and numbers are always JSON", e);
    }
  }

  private static void text(HttpServerRequest request, String text) {
    request.response().putHeader("content-type", "text/plain").end(text);
  }

  private static void answer(HttpServerRequest request, int status, String json) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(json);
  }

  /** Waits for the end of its thread; for a process that is nothing but a stub world. */
  void awaitEnd() throws InterruptedException {
    while (true) {
      TimeUnit.DAYS.sleep(1);
    }
  }
}
