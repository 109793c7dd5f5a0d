package io.penstock.worker.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An API that writes down who calls when, and can ask to wait once. */
final class RecordingApi implements AutoCloseable {
  private static final Duration THINKS = Duration.ofMillis(20);

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicBoolean asksNext = new AtomicBoolean();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger mostInside = new AtomicInteger();
  private final long begin = System.nanoTime();
  private final String asking;
  private final Duration wish;
  private volatile long askedAt;

  /**
   * A request.
   *
   * @param at nanoseconds since the API began, when it arrived
   * @param who its header {@code Authorization}
   * @param key its {@code Idempotency-Key}
   */
  record Call(long at, String path, String who, String key) {}

  /**
   * @param asking path where callers may be asked to wait
   * @param wish for so many seconds
   */
  RecordingApi(String asking, Duration wish) throws IOException {
    this.asking = asking;
    this.wish = wish;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next call is answered 429. */
  void askNext() {
    asksNext.set(true);
  }

  /** Nanoseconds since the API began, just before it said so; empty if it has not yet. */
  OptionalLong askedAt() {
    return askedAt == 0 ? OptionalLong.empty() : OptionalLong.of(askedAt);
  }

  /** In their order. */
  List<Call> calls(String path) {
    return calls.stream().filter(call -> call.path.equals(path)).toList();
  }

  /** Most calls at one time where callers may be asked to wait. */
  int mostInside() {
    return mostInside.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      synchronized (calls) { // so that they stand in the order of their times
        calls.add(
            new Call(
                System.nanoTime() - begin,
                path,
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      }
      if (path.equals(asking)) {
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        LockSupport.parkNanos(THINKS.toNanos());
        inside.decrementAndGet();
        if (asksNext.getAndSet(false)) {
          exchange.getResponseHeaders().add("Retry-After", Long.toString(wish.toSeconds()));
          askedAt = System.nanoTime() - begin;
          exchange.sendResponseHeaders(429, -1);
          return;
        }
      }
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
