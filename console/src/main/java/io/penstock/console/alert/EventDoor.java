package io.penstock.console.alert;

import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ingest's door for events. One thread. */
final class EventDoor {
  private static final Logger LOG = LoggerFactory.getLogger(EventDoor.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Longer than ingest itself waits for Kafka. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The event is wrong; all else may lie in who was asked, and when. */
  private static final Set<Integer> NEVER = Set.of(400, 413, 415, 422);

  private final URI address;
  private HttpClient client;

  /**
   * @param ingest its base URL
   * @throws IllegalArgumentException if that is no http or https address
   */
  EventDoor(String ingest) {
    URI base = URI.create(ingest.endsWith("/") ? ingest : ingest + "/");
    if (base.getHost() == null || !Set.of("http", "https").contains(base.getScheme())) {
      throw new IllegalArgumentException(
          "penstock.console.ingest-url is '%s'; accepted is an address such as http://127.0.0.1:8080"
              .formatted(ingest));
    }
    this.address = base.resolve("events");
  }

  /** What became of an event. */
  enum Answer {
    /** Kafka has it, and it starts an execution. */
    STARTED,
    /** Kafka has it, and it starts nothing: ingest has not read the alert yet. */
    STARTED_NOTHING,
    /** It will never be taken. */
    REFUSED,
    /** Not now. */
    AWAY
  }

  Answer post(Json event) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(LIMIT)
            .header("Content-Type", "application/cloudevents+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(event.utf8()))
            .build();
    try {
      HttpResponse<byte[]> response =
          client().send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 202) {
        return starts(response.body()) ? Answer.STARTED : Answer.STARTED_NOTHING;
      }
      LOG.atWarn()
          .addKeyValue("address", address)
          .addKeyValue("status", response.statusCode())
          .log("ingest did not take an alert");
      return NEVER.contains(response.statusCode()) ? Answer.REFUSED : Answer.AWAY;
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("address", address)
          .addKeyValue("cause", e.toString())
          .log("ingest cannot be reached: alerts wait");
      return Answer.AWAY;
    }
  }

  private static boolean starts(byte[] body) throws IOException {
    return Json.parse(body).at("events") instanceof List<?> events
        && events.stream()
            .anyMatch(
                event ->
                    event instanceof Map<?, ?> members
                        && members.get("executions") instanceof List<?> executions
                        && !executions.isEmpty());
  }

  /** Most consoles never send anything. */
  private HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_LIMIT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return client;
  }
}
