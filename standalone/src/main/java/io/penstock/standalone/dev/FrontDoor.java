package io.penstock.standalone.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Speaks to the ingest service as anybody outside does: over HTTP. */
public final class FrontDoor {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client;
  private final String url;
  private final ObjectMapper json = new ObjectMapper();

  public FrontDoor(HttpClient client, String url) {
    this.client = client;
    this.url = url;
  }

  /** An answer: status and body, which is a missing node if it was no JSON. */
  public record Answer(int status, JsonNode body) {}

  /**
   * Applies all of the files or none, and returns when every reader has them.
   *
   * @param files content by name
   * @return what is wrong, one line for each problem; empty if they are applied
   */
  public List<String> apply(Map<String, String> files) throws IOException, InterruptedException {
    ObjectNode request = json.createObjectNode();
    ArrayNode list = request.putArray("files");
    files.forEach((name, content) -> list.addObject().put("name", name).put("content", content));
    Answer answer = post("/definitions", Map.of(), request.toString());
    if (answer.status() == 200) {
      return List.of();
    }
    return answer.status() == 202
        ? List.of("stored, but not read in time by: " + answer.body().path("waitingFor"))
        : problems(answer);
  }

  /** Delivers a webhook of a source. */
  public Answer webhook(String source, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    return post("/webhooks/" + source, headers, body);
  }

  private Answer post(String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), parse(response.body()));
  }

  private JsonNode parse(String body) {
    try {
      return body.isEmpty() ? json.missingNode() : json.readTree(body);
    } catch (IOException e) {
      return json.missingNode();
    }
  }

  static List<String> problems(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (JsonNode problem : answer.body().path("problems")) {
      lines.add(line(problem));
    }
    if (lines.isEmpty()) {
      lines.add(
          "refused with status %d: %s"
              .formatted(
                  answer.status(), answer.body().path("detail").asText("no reason was given")));
    }
    return lines;
  }

  private static String line(JsonNode problem) {
    if (problem.isTextual()) {
      return problem.asText();
    }
    String place =
        problem.path("line").asInt() > 0
            ? "%s:%d:%d "
                .formatted(
                    problem.path("file").asText(),
                    problem.path("line").asInt(),
                    problem.path("column").asInt())
            : "";
    String path = problem.path("path").asText();
    return place + (path.isEmpty() ? "" : path + ": ") + problem.path("message").asText();
  }
}
