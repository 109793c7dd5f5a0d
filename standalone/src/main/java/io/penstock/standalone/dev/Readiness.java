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

  /**
   * After a kill the orchestrator reads its whole state from Kafka again: with millions of keys
   * that takes minutes, and who gives up before begins anew with the next start.
   */
  private static final Duration WHILE_STATE_IS_READ = Duration.ofMinutes(30);

  private static final String ORCHESTRATOR = "orchestrator ";
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
    long begin = System.nanoTime();
    Duration limit = AT_MOST;
    String missing = "no answer from the health check";
    while (System.nanoTime() - begin < limit.toNanos()) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        List<String> down = answer.statusCode() == 200 ? List.of() : notReady(answer.body());
        if (down.isEmpty()) {
          return;
        }
        limit = limit(down);
        missing = "not ready: " + String.join(", ", down);
      } catch (IOException e) {
        limit = AT_MOST;
        missing = "no answer from the health check: " + e.getMessage();
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new StartFailedException(
        "the server did not become ready within %d s: %s".formatted(limit.toSeconds(), missing));
  }

  /** How long a start may take at which these parts, and no others, are down. */
  static Duration limit(List<String> down) {
    return down.stream().allMatch(part -> part.startsWith(ORCHESTRATOR))
        ? WHILE_STATE_IS_READ
        : AT_MOST;
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
