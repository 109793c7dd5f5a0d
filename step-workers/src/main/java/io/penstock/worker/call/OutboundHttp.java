package io.penstock.worker.call;

import io.netty.handler.codec.TooLongFrameException;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.observe.CurrentTrace;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way out of a worker. One request per call: no retry, no redirect (an address that nobody
 * checked), no proxy (it would resolve the name again). Blocks; call it on a virtual thread.
 *
 * <p>Connections are kept open and shared. One that the other side has closed leaves the pool as
 * soon as the close arrives; a request that crosses it on the way fails as {@code communication}
 * and is not sent again here, since nobody knows whether it was read.
 */
@ApplicationScoped
public class OutboundHttp {
  /** Largest answer, in bytes; the same limit as for a step's output. */
  static final int MAX_ANSWER_BYTES = 256 * 1024;

  /** Largest head of an answer, in bytes. */
  static final int MAX_HEADER_BYTES = 64 * 1024;

  /** To one address; a call beyond them waits for its turn, at the cost of its timeout. */
  private static final int MAX_CONNECTIONS = 1024;

  /**
   * With the second that the pool takes to notice, shorter than the five seconds after which the
   * quickest of the usual servers hang up.
   */
  private static final Duration KEEP_IDLE = Duration.ofSeconds(3);

  private final AddressGuard guard;
  private final Context loop;
  private final HttpClient client;

  @Inject
  public OutboundHttp(Vertx vertx) {
    this(vertx, new AddressGuard(InetAddress::getAllByName), options());
  }

  OutboundHttp(Vertx vertx, AddressGuard guard, HttpClientOptions options) {
    this.guard = guard;
    // Its own, not the caller's: that may belong to one request, or to no event loop.
    this.loop = ((VertxInternal) vertx).createEventLoopContext();
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
            // The call learns of it; by default it would also be logged, with what was received.
            .withConnectHandler(connection -> connection.exceptionHandler(trouble -> {}))
            .build();
  }

  static HttpClientOptions options() {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setKeepAliveTimeout((int) KEEP_IDLE.toSeconds())
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setDecompressionSupported(false)
        .setTrustAll(false)
        .setVerifyHost(true)
        // Spans are our own, see CurrentTrace.
        .setTracingPolicy(TracingPolicy.IGNORE);
  }

  /**
   * @return the answer, also one that is no success
   * @throws CallFailedException if there is none: {@code blocked}, {@code configuration}, {@code
   *     timeout}, {@code communication}, {@code tooLarge}
   */
  public HttpAnswer send(HttpCall call) throws CallFailedException {
    long endNanos = System.nanoTime() + call.timeout().toNanos();
    InetAddress address =
        guard.checked(call.address().getHost(), call.allowPrivateAddresses(), call.who());
    long restNanos = Math.max(1, endNanos - System.nanoTime());
    Exchange exchange =
        new Exchange(
            loop,
            client,
            target(call, address, restNanos),
            headers(call),
            call.body().orElse(null),
            MAX_ANSWER_BYTES);
    try {
      return exchange.start().get(restNanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.giveUp();
      throw NoAnswer.inTime(call.who(), call.timeout());
    } catch (InterruptedException e) {
      exchange.giveUp();
      Thread.currentThread().interrupt();
      throw NoAnswer.stopped(call.who());
    } catch (ExecutionException e) {
      throw failed(call, e.getCause());
    }
  }

  /** The checked address to connect to; the name stays for the server and for its certificate. */
  private static RequestOptions target(HttpCall call, InetAddress address, long restNanos) {
    URI uri = call.address();
    boolean tls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(call.method()))
        // By its digits, so that the pool never takes a connection to another address of that name.
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(uri.getHost())
        .setPort(port)
        .setSsl(tls)
        .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
        .setConnectTimeout(1 + TimeUnit.NANOSECONDS.toMillis(restNanos));
  }

  private static Map<String, String> headers(HttpCall call) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    // Some Apis refuse who does not say who it is.
    headers.put("User-Agent", "Penstock");
    headers.putAll(call.headers());
    CurrentTrace.traceParent().ifPresent(value -> headers.put("traceparent", value));
    return headers;
  }

  /** The kind of trouble only: messages of libraries quote addresses and headers. */
  private static CallFailedException failed(HttpCall call, Throwable cause) {
    return switch (cause) {
      case LimitedBody.TooLargeException ignored ->
          new CallFailedException(
              ErrorType.TOO_LARGE,
              "%s: the answer has more than %d bytes".formatted(call.who(), MAX_ANSWER_BYTES));
      case TooLongFrameException ignored ->
          new CallFailedException(
              ErrorType.TOO_LARGE,
              "%s: the head of the answer has more than %d bytes"
                  .formatted(call.who(), MAX_HEADER_BYTES));
      case TimeoutException ignored -> NoAnswer.inTime(call.who(), call.timeout());
      case HttpClosedException closed -> NoAnswer.because(call.who(), closed);
      case IOException trouble -> NoAnswer.because(call.who(), trouble);
      default -> NoAnswer.because(call.who(), cause.getClass().getSimpleName());
    };
  }

  @PreDestroy
  void close() {
    client.close();
  }
}
