package io.penstock.standalone.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.schema.json.Json;
import java.io.IOException;
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
        .until(() -> id.first(list(id.command)), Optional::isPresent)
        .orElseThrow();
  }

  /** What a command prints with {@code -o json}; the diagnostics beside it are left out. */
  Json list(String command) throws IOException, InterruptedException {
    Ran ran = run(command + " -o json 2>/dev/null");
    try {
      return Json.parse(ran.output().getBytes(UTF_8));
    } catch (JsonProcessingException e) {
      throw new AssertionError(command + " is no JSON: " + ran, e);
    }
  }

  /** The words of the runbook in capitals. */
  private enum Id {
    GROUP("penstock dlq groups --workflow order", "groups", "group"),
    LETTER("penstock dlq list --workflow order", "deadLetters", "id"),
    EXECUTION("penstock executions list --status suspended", "executions", "id"),
    REPLAY("penstock dlq replays list", "replays", "id");

    private final String command;
    private final String list;
    private final String member;

    Id(String command, String list, String member) {
      this.command = command;
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
