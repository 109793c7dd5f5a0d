package io.penstock.soak.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.penstock.soak.SteadyClock;
import io.penstock.soak.account.Call;
import io.penstock.soak.account.Place;
import io.penstock.soak.installation.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two Apis and a model: {@code /enrich/<step>}, {@code /notify/<step>}, {@code
 * /v1/chat/completions}. A body names what it is about, {@code evt-<cycle>-<number>}, with {@code
 * /<round>} behind in a foreach.
 */
public final class StubWorld implements AutoCloseable {
  /** The one step that asks a model. */
  public static final String MODEL_STEP = "score";

  private static final Pattern REF = Pattern.compile("evt-\\d+-\\d+(/\\d+)?");

  /** Things that nobody would send: steps fail for good with these. */
  private static final int REFUSED = 422;

  private final HttpServer server;
  private final CallLog calls;

  public StubWorld(CallLog calls) throws IOException {
    this.calls = calls;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 500);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Instant began = SteadyClock.now();
      Place place = place(exchange.getRequestURI().getPath(), body);
      boolean model = place.step().equals(MODEL_STEP);
      String key = header(exchange, "Idempotency-Key");
      Member by = caller(header(exchange, "Authorization"));
      CallLog.Open open = calls.began(new Call(place, model, key, by, began, Optional.empty()));
      LockSupport.parkNanos(Latency.of(place, model).toNanos());
      byte[] answer = Answers.to(place, model).getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(Events.isRefused(place) ? REFUSED : 200, answer.length);
      exchange.getResponseBody().write(answer);
      open.answered(SteadyClock.now());
    }
  }

  private static Place place(String path, String body) {
    Matcher ref = REF.matcher(body);
    String step = path.startsWith("/v1/") ? MODEL_STEP : path.substring(path.lastIndexOf('/') + 1);
    return new Place(step, ref.find() ? ref.group() : "nothing");
  }

  private static Member caller(String authorization) {
    return authorization.endsWith(Member.WORKER_2.title()) ? Member.WORKER_2 : Member.WORKER_1;
  }

  private static String header(HttpExchange exchange, String name) {
    return String.valueOf(exchange.getRequestHeaders().getFirst(name));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
