package io.penstock.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.Callee;
import io.penstock.worker.call.HttpAnswer;
import io.penstock.worker.call.HttpCall;
import io.penstock.worker.call.LimitedHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way to a model during one attempt: our own HTTP client with its address check and limits.
 * Keeps what langchain4j's exceptions drop: the failure itself, {@code Retry-After}, and the tokens
 * of answers that it refuses to read.
 *
 * <p>For one attempt and one thread.
 */
final class ModelConnection {
  /** Of the attempt that the thread works on; the models are shared, their connections are not. */
  private static final ThreadLocal<ModelConnection> CURRENT = new ThreadLocal<>();

  private final LimitedHttp http;
  private final Clock clock;
  private final Callee callee;
  private final String who;
  private final boolean allowPrivateAddresses;
  private final Optional<String> apiKey;
  private final long endNanos;
  private final TokenCount tokens = new TokenCount();
  private Optional<String> ticket;
  private CallFailedException failure;
  private String idempotencyKey;

  /**
   * @param ticket of an earlier deferral of this attempt
   * @param apiKey read for this attempt, so that a rotated one is in force with the next
   * @param timeout of all calls of the attempt together
   */
  ModelConnection(
      LimitedHttp http,
      Clock clock,
      Callee callee,
      Optional<String> ticket,
      String who,
      boolean allowPrivateAddresses,
      Optional<String> apiKey,
      Duration timeout) {
    this.http = http;
    this.clock = clock;
    this.callee = callee;
    this.ticket = ticket;
    this.who = who;
    this.allowPrivateAddresses = allowPrivateAddresses;
    this.apiKey = apiKey;
    this.endNanos = System.nanoTime() + timeout.toNanos();
  }

  TokenCount tokens() {
    return tokens;
  }

  /** Why the last call brought nothing; empty if it brought an answer. */
  Optional<CallFailedException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Has a model talk through this connection for the length of one call. */
  <T> T during(String key, Supplier<T> call) {
    idempotencyKey = key;
    CURRENT.set(this);
    try {
      return call.get();
    } finally {
      CURRENT.remove();
    }
  }

  /** The one that the calling thread talks through. */
  static ModelConnection current() {
    ModelConnection current = CURRENT.get();
    if (current == null) {
      throw new IllegalStateException("a model was asked outside of an attempt");
    }
    return current;
  }

  SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      Optional<String> ours = ticket;
      // It lets one call in.
      ticket = Optional.empty();
      HttpAnswer answer =
          http.send(callee, ours, call(request), any -> ProviderError.isFinal(any, who));
      if (!answer.isSuccess()) {
        throw new CallFailedException(
            ProviderError.of(answer, who), answer.retryAfter(clock.instant()));
      }
      tokens.add(json(answer));
      return SuccessfulHttpResponse.builder()
          .statusCode(answer.status())
          .headers(answer.headers())
          .body(answer.text())
          .build();
    } catch (CallFailedException e) {
      failure = e;
      throw new IllegalStateException("see failure()", e);
    }
  }

  private Json json(HttpAnswer answer) throws CallFailedException {
    try {
      return Json.parse(answer.body());
    } catch (JsonProcessingException e) {
      throw new CallFailedException(
          ErrorType.RUNTIME, who + ": answered with something that is no JSON");
    }
  }

  private HttpCall call(HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    headers.put("Idempotency-Key", idempotencyKey);
    apiKey.ifPresent(key -> headers.put("Authorization", "Bearer " + key));
    return new HttpCall(
        who,
        request.method().name(),
        URI.create(request.url()),
        headers,
        Optional.ofNullable(request.body()).map(body -> body.getBytes(UTF_8)),
        Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())),
        allowPrivateAddresses);
  }
}
