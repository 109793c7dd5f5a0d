package io.penstock.console.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ingest's control API, the only way by which a replay acts. */
final class Ingest implements AutoCloseable {
  private static final int ACCEPTED = 202;
  private static final int MALFORMED = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration LONGEST_WISH = Duration.ofMinutes(1);
  private static final int MAX_DETAIL = 500;

  private final HttpClient client;
  private final String url;
  private final Duration limit;

  /**
   * @param limit for one request, answer included
   */
  Ingest(URI url, Duration limit) {
    this.client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    this.url = url.toString().replaceAll("/+$", "");
    this.limit = limit;
  }

  /** What came of a request. */
  sealed interface Answer {
    record Accepted() implements Answer {}

    /**
     * Nothing was sent.
     *
     * @param id of the letter's wish that is wrong; empty if ingest does not say
     */
    record Wrong(Optional<String> id, String why) implements Answer {}

    /**
     * All, some or nothing was sent: to be repeated.
     *
     * @param after what ingest asks for
     */
    record Away(String why, Optional<Duration> after) implements Answer {}
  }

  Answer send(Batch batch) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> request;
    try {
      request =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(url + batch.path()))
                  .header("Content-Type", "application/json")
                  .timeout(limit)
                  .POST(HttpRequest.BodyPublishers.ofByteArray(batch.body().utf8()))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
    } catch (IllegalArgumentException e) {
      return new Answer.Away("penstock.console.ingest-url is no HTTP address", Optional.empty());
    }
    try {
      return answer(request.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      request.cancel(true);
      return new Answer.Away("ingest did not answer in " + limit, Optional.empty());
    } catch (ExecutionException e) {
      String cause =
          e.getCause() instanceof IOException failure
              ? failure.getClass().getSimpleName()
              : e.getClass().getSimpleName();
      return new Answer.Away("ingest cannot be reached: " + cause, Optional.empty());
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return switch (response.statusCode()) {
      case ACCEPTED -> new Answer.Accepted();
      case MALFORMED, UNPROCESSABLE, TOO_LARGE -> {
        Json problem = json(response.body());
        yield new Answer.Wrong(
            text(problem, "id"),
            "ingest refused it: "
                + text(problem, "detail").orElse("status " + response.statusCode()));
      }
      default ->
          new Answer.Away(
              "ingest answers %d%s"
                  .formatted(
                      response.statusCode(),
                      text(json(response.body()), "title")
                          .map(title -> " (" + title + ")")
                          .orElse("")),
              response.headers().firstValue("Retry-After").flatMap(Ingest::seconds));
    };
  }

  private static Json json(byte[] body) {
    try {
      return Json.parse(body);
    } catch (JsonProcessingException e) {
      return Json.EMPTY_OBJECT;
    }
  }

  private static Optional<String> text(Json problem, String member) {
    return problem.at(member) instanceof String text
        ? Optional.of(text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "…" : text)
        : Optional.empty();
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_WISH.toSeconds())))
        : Optional.empty();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
