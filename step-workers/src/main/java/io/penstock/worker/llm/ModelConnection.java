package io.penstock.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.HttpAnswer;
import io.penstock.worker.call.HttpCall;
import io.penstock.worker.call.OutboundHttp;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * langchain4j's way to the network during one attempt: our own HTTP client with its address check
 * and limits. Keeps what langchain4j's exceptions drop: the failure itself, {@code Retry-After},
 * and the tokens of answers that it refuses to read.
 *
 * <p>For one attempt and one thread.
 */
final class ModelConnection implements HttpClient {
  private final OutboundHttp http;
  private final Clock clock;
  private final String who;
  private final boolean allowPrivateAddresses;
  private final long endNanos;
  private final TokenCount tokens = new TokenCount();
  private CallFailedException failure;

  /**
   * @param timeout of all calls of the attempt together
   */
  ModelConnection(
      OutboundHttp http, Clock clock, String who, boolean allowPrivateAddresses, Duration timeout) {
    this.http = http;
    this.clock = clock;
    this.who = who;
    this.allowPrivateAddresses = allowPrivateAddresses;
    this.endNanos = System.nanoTime() + timeout.toNanos();
  }

  TokenCount tokens() {
    return tokens;
  }

  /** Why the last call brought nothing; empty if it brought an answer. */
  Optional<CallFailedException> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    try {
      HttpAnswer answer = http.send(call(request));
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
    return new HttpCall(
        who,
        request.method().name(),
        URI.create(request.url()),
        headers,
        Optional.ofNullable(request.body()).map(body -> body.getBytes(UTF_8)),
        Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())),
        allowPrivateAddresses);
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("steps do not stream");
  }

  /** Times are ours: the whole attempt has one. */
  HttpClientBuilder builder() {
    return new Builder(this);
  }

  private static final class Builder implements HttpClientBuilder {
    private final HttpClient client;

    Builder(HttpClient client) {
      this.client = client;
    }

    @Override
    public Duration connectTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
      return this;
    }

    @Override
    public HttpClient build() {
      return client;
    }
  }
}
