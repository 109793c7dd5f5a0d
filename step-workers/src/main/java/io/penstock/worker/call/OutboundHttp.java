package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way out of a worker. One request per call: no retry, no redirect (an address that nobody
 * checked). Connections are kept open and shared. Blocks; call it on a virtual thread.
 */
@ApplicationScoped
public class OutboundHttp {
  /** Largest answer, in bytes; the same limit as for a step's output. */
  static final int MAX_ANSWER_BYTES = 256 * 1024;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          // A proxy would resolve the names again, and behind it nobody has checked the addresses.
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * @return the answer, also one that is no success
   * @throws CallFailedException if there is none: {@code blocked}, {@code timeout}, {@code
   *     communication}, {@code tooLarge}
   */
  public HttpAnswer send(HttpCall call) throws CallFailedException {
    long endNanos = System.nanoTime() + call.timeout().toNanos();
    AddressGuard.check(call.address().getHost(), call.allowPrivateAddresses(), call.who());
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request(call), info -> new LimitedBody(MAX_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response =
          answer.get(Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      return new HttpAnswer(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw timedOut(call);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new CallFailedException(
          ErrorType.COMMUNICATION, call.who() + ": the worker was stopped during the call");
    } catch (ExecutionException e) {
      throw failed(call, e.getCause());
    }
  }

  private static HttpRequest request(HttpCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.address())
            .method(
                call.method(),
                call.body()
                    .map(HttpRequest.BodyPublishers::ofByteArray)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    call.headers().forEach(request::setHeader);
    return request.build();
  }

  private static CallFailedException failed(HttpCall call, Throwable cause) {
    return switch (cause) {
      case LimitedBody.TooLargeException ignored ->
          new CallFailedException(
              ErrorType.TOO_LARGE,
              "%s: the answer has more than %d bytes".formatted(call.who(), MAX_ANSWER_BYTES));
      case HttpTimeoutException ignored -> timedOut(call);
      // The kind of trouble only: messages of the JDK quote addresses and headers.
      case IOException trouble when trouble.getCause() instanceof LimitedBody.TooLargeException ->
          failed(call, trouble.getCause());
      default ->
          new CallFailedException(
              ErrorType.COMMUNICATION,
              "%s: no answer (%s)".formatted(call.who(), cause.getClass().getSimpleName()));
    };
  }

  private static CallFailedException timedOut(HttpCall call) {
    return new CallFailedException(
        ErrorType.TIMEOUT,
        "%s: no complete answer within %s".formatted(call.who(), inSeconds(call.timeout())));
  }

  private static String inSeconds(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }

  @PreDestroy
  void close() {
    client.shutdownNow();
  }
}
