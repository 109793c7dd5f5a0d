package io.penstock.standalone.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/** A shell in some folder, in which {@code penstock} is the one that was built. */
final class Shell {
  private static final Path APPLICATION =
      Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path folder;
  private final String server;

  /**
   * @param server address of it
   */
  Shell(Path folder, String server) {
    this.folder = folder;
    this.server = server;
  }

  /** What a command came to. */
  record Ran(int exitCode, String output) {}

  Ran run(String command) throws IOException, InterruptedException {
    String penstock =
        "penstock() { '%s' -XX:TieredStopAtLevel=1 -Xmx320m -jar '%s' \"$@\"; }\n"
            .formatted(JAVA, APPLICATION);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", penstock + command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PENSTOCK_SERVER", server);
    Process bash = builder.start();
    bash.getOutputStream().close();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    return new Ran(bash.waitFor(), output);
  }

  /** Puts ids in place of the words for them: the newest of each, once there is one. */
  String filledIn(String command) {
    String filled = command;
    for (Id id : Id.values()) {
      if (filled.matches(".*\\b" + id + "\\b.*")) {
        filled = filled.replaceAll("\\b" + id + "\\b", newest(id));
      }
    }
    return filled;
  }

  private String newest(Id id) {
    return Awaitility.await("an id for " + id)
        .atMost(Duration.ofSeconds(60))
        .until(() -> id.first(look(id.path)), Optional::isPresent)
        .orElseThrow();
  }

  /** What the server answers to who looks, and not to a command: that is faster. */
  Json look(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(server).resolve(path)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    try {
      return Json.parse(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(path + " is no JSON: " + new String(answer.body(), UTF_8), e);
    }
  }

  /** The words of the runbook in capitals. */
  private enum Id {
    GROUP("/api/dead-letters/groups?workflow=order", "groups", "group"),
    LETTER("/api/dead-letters?workflow=order", "deadLetters", "id"),
    EXECUTION("/api/executions?status=SUSPENDED", "executions", "id"),
    REPLAY("/api/replays", "replays", "id");

    private final String path;
    private final String list;
    private final String member;

    Id(String path, String list, String member) {
      this.path = path;
      this.list = list;
      this.member = member;
    }

    Optional<String> first(Json answer) {
      return answer.at(list) instanceof List<?> found && !found.isEmpty()
          ? Optional.of(String.valueOf(Json.of(found.getFirst()).at(member)))
          : Optional.empty();
    }
  }
}
