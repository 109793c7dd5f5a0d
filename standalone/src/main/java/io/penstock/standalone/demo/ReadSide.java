package io.penstock.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The console's API, which knows how executions stand. */
final class ReadSide {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;
  private final String url;
  private final ObjectMapper json = new ObjectMapper();

  ReadSide(HttpClient client, String url) {
    this.client = client;
    this.url = url;
  }

  /**
   * @param ids up to 200
   * @return progress by id; one that the console has not heard of yet is missing
   */
  Map<String, ExecutionProgress> progress(Collection<String> ids)
      throws IOException, InterruptedException {
    Map<String, ExecutionProgress> found = new HashMap<>();
    for (JsonNode execution : get("/api/executions?ids=" + String.join(",", ids))) {
      found.put(execution.path("id").asText(), ExecutionProgress.of(execution));
    }
    return found;
  }

  /** How many there are of the workflow, up to 200. */
  int count(String workflow) throws IOException, InterruptedException {
    return get("/api/executions?limit=200&workflow=" + workflow).size();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).GET().build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(
          "GET %s was answered %d: %s".formatted(path, response.statusCode(), response.body()));
    }
    return json.readTree(response.body()).path("executions");
  }
}
