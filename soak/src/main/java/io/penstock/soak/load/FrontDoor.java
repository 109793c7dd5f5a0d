package io.penstock.soak.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.json.Json;
import io.penstock.soak.account.SeenExecution;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ingest and console, asked over HTTP as the CLI asks them. */
public final class FrontDoor {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(70);
  private static final int OK = 200;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String ingest;
  private final String console;

  public FrontDoor(String ingest, String console) {
    this.ingest = ingest;
    this.console = console;
  }

  /**
   * Puts definitions into effect, and returns when every service has read them.
   *
   * @throws IOException with the answer, if it is another one
   */
  public void apply(String yaml) throws IOException, InterruptedException {
    ask(
        HttpRequest.newBuilder(URI.create(ingest + "/definitions?wait=30s"))
            .header("Content-Type", "application/yaml")
            .POST(HttpRequest.BodyPublishers.ofString(yaml)));
  }

  /** All executions that the console shows. */
  public List<SeenExecution> executionsSince(Instant start)
      throws IOException, InterruptedException {
    List<SeenExecution> all = new ArrayList<>();
    String after = "";
    while (after != null) {
      Json page = get("/api/executions?limit=200&since=" + start + after);
      for (Object item : (List<?>) page.at("executions")) {
        all.add(execution((Map<?, ?>) item));
      }
      Object next = page.at("next");
      after = next == null ? null : "&after=" + next;
    }
    return all;
  }

  private static SeenExecution execution(Map<?, ?> item) {
    return new SeenExecution(
        (String) item.get("id"),
        (String) item.get("workflow"),
        (String) item.get("status"),
        (String) ((Map<?, ?>) item.get("event")).get("id"));
  }

  private Json get(String path) throws IOException, InterruptedException {
    return ask(HttpRequest.newBuilder(URI.create(console + path)).GET());
  }

  private Json ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      throw new IOException(
          "%s was answered %d: %s"
              .formatted(answer.uri(), answer.statusCode(), new String(answer.body(), UTF_8)));
    }
    return Json.parse(answer.body());
  }
}
