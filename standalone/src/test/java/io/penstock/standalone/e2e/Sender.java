package io.penstock.standalone.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends signed webhooks as the CRM would, and reads executions as the CLI does. */
final class Sender {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * @return the execution ids of an answer 202; empty for any other answer, or none
   */
  Optional<List<String>> send(PenstockProcess penstock, String id) throws InterruptedException {
    byte[] body = Json.of(Map.of("id", id, "email", id + "@example.test")).utf8();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(penstock.url("/webhooks/crm")))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("X-Signature", "sha256=" + Signature.of(body, Installation.SECRET))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 202
          ? Optional.of(executions(Json.parse(answer.body())))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** All executions that the console shows, by id, with their status. */
  Map<String, String> statuses(PenstockProcess penstock) throws IOException, InterruptedException {
    Map<String, String> statuses = new HashMap<>();
    String after = "";
    do {
      Json page = get(penstock, "/api/executions?limit=200" + after);
      for (Object item : (List<?>) page.at("executions")) {
        Map<?, ?> execution = (Map<?, ?>) item;
        statuses.put((String) execution.get("id"), (String) execution.get("status"));
      }
      Object next = page.at("next");
      after = next == null ? null : "&after=" + next;
    } while (after != null);
    return statuses;
  }

  Json get(PenstockProcess penstock, String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(penstock.url(path))).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          path + ": " + answer.statusCode() + " " + new String(answer.body(), UTF_8));
    }
    return Json.parse(answer.body());
  }

  private static List<String> executions(Json answer) {
    List<String> ids = new ArrayList<>();
    for (Object event : (List<?>) answer.at("events")) {
      ((List<?>) ((Map<?, ?>) event).get("executions")).forEach(id -> ids.add((String) id));
    }
    return ids;
  }
}
