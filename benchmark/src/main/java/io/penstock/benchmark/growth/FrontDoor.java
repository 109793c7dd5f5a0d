package io.penstock.benchmark.growth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Penstock's HTTP API, for what is sent to it in bulk. */
final class FrontDoor implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofMinutes(10);
  private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
  private static final int TRIES = 300;
  private static final int UNAVAILABLE = 503;

  private final URI url;
  private final HttpClient client = HttpClient.newHttpClient();

  FrontDoor(URI url) {
    this.url = url;
  }

  /**
   * Posts, again while penstock says that it is busy.
   *
   * @return the answer's body
   * @throws IOException if it is not 2xx
   */
  String post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  String get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path)).timeout(ANSWER);
  }

  private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    for (int i = 0; answer.statusCode() == UNAVAILABLE && i < TRIES; i++) {
      Thread.sleep(AGAIN_AFTER);
      answer = client.send(request, BodyHandlers.ofString());
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s answered %d: %s"
              .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
