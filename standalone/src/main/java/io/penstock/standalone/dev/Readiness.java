package io.penstock.standalone.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** Waits until every service says that it can do its part, with or without definitions. */
final class Readiness {
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 25;

  private final HttpClient client;
  private final HttpRequest request;

  Readiness(HttpClient client, String url) {
    this.client = client;
    this.request =
        HttpRequest.newBuilder(URI.create(url + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
  }

  /**
   * @throws StartFailedException naming the parts that are not ready, if it takes too long
   */
  void await() throws StartFailedException, InterruptedException {
    long deadline = System.nanoTime() + AT_MOST.toNanos();
    String missing = "no answer from the health check";
    while (System.nanoTime() < deadline) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        List<String> down = answer.statusCode() == 200 ? List.of() : notReady(answer.body());
        if (down.isEmpty()) {
          return;
        }
        missing = "not ready: " + String.join(", ", down);
      } catch (IOException e) {
        missing = "no answer from the health check: " + e.getMessage();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new StartFailedException(
        "the server did not become ready within %d s: %s".formatted(AT_MOST.toSeconds(), missing));
  }

  /**
   * The names of the checks that are down, each with what it says. Not of that for definitions:
   * only a service that is ready takes them.
   *
   * @throws IOException if that is no answer of a health check
   */
  static List<String> notReady(String health) throws IOException {
    JsonNode checks = new ObjectMapper().readTree(health).path("checks");
    if (!checks.isArray()) {
      throw new IOException("it names no checks");
    }
    return StreamSupport.stream(checks.spliterator(), false)
        .filter(check -> !"UP".equals(check.path("status").asText()))
        .filter(check -> !GivenDefinitions.NAME.equals(check.path("name").asText()))
        .map(check -> check.path("name").asText() + " " + check.path("data"))
        .toList();
  }
}
