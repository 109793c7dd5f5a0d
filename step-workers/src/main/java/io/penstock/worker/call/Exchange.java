package io.penstock.worker.call;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One request and its answer. Everything happens on one event loop, also the connection's own
 * events, so a call that is given up never closes a connection that already serves the next.
 */
final class Exchange {
  /** Expect a body; without one a server may ask for its length. */
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private final Context loop;
  private final HttpClient client;
  private final RequestOptions target;
  private final Map<String, String> headers;
  private final Buffer body;
  private final LimitedBody received;
  private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
  private HttpClientRequest request;

  /**
   * @param body of any length; null for none
   */
  Exchange(
      Context loop,
      HttpClient client,
      RequestOptions target,
      Map<String, String> headers,
      byte[] body,
      int maxAnswerBytes) {
    this.loop = loop;
    this.client = client;
    this.target = target;
    this.headers = headers;
    this.body = body == null ? null : Buffer.buffer(body);
    this.received = new LimitedBody(maxAnswerBytes);
  }

  /** Sends the request, once. */
  CompletableFuture<HttpAnswer> start() {
    loop.runOnContext(
        nothing -> guarded(() -> client.request(target).onComplete(this::haveConnection)));
    return answer;
  }

  /** Nobody waits any more: what is on its way is cut off, what is not sent stays unsent. */
  void giveUp() {
    loop.runOnContext(
        nothing -> {
          if (answer.cancel(false) && request != null) {
            request.reset();
          }
        });
  }

  private void haveConnection(AsyncResult<HttpClientRequest> connected) {
    if (connected.failed()) {
      fail(connected.cause());
      return;
    }
    request = connected.result();
    request.exceptionHandler(this::fail);
    if (answer.isDone()) {
      // Given up while it was connecting. Nothing was sent: the connection stays in the pool.
      request.reset();
      return;
    }
    guarded(this::send);
  }

  private void send() {
    headers.forEach(request::putHeader);
    if (body != null) {
      request.send(body).onComplete(this::haveHead);
    } else if (WITH_BODY.contains(target.getMethod().name())) {
      request.send(Buffer.buffer()).onComplete(this::haveHead);
    } else {
      request.send().onComplete(this::haveHead);
    }
  }

  private void haveHead(AsyncResult<HttpClientResponse> answered) {
    if (answered.failed()) {
      fail(answered.cause());
      return;
    }
    HttpClientResponse response = answered.result();
    response.exceptionHandler(this::fail);
    response.handler(
        part -> {
          if (!received.add(part)) {
            fail(new LimitedBody.TooLargeException());
          }
        });
    response.endHandler(
        nothing ->
            answer.complete(
                new HttpAnswer(response.statusCode(), response.headers(), received.bytes())));
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Only the first end counts; after a complete answer the connection belongs to others. */
  private void fail(Throwable cause) {
    if (answer.completeExceptionally(cause) && request != null) {
      request.reset();
    }
  }
}
