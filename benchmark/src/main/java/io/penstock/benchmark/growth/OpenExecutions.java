package io.penstock.benchmark.growth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.benchmark.workload.WorkloadFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A backlog: executions that wait for a month, each started by an event of its own. */
final class OpenExecutions implements Growing {
  private static final String DEFINITIONS = "/growth/waiting.yaml";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** As many as ingest takes in one request. */
  private static final int EVENTS_A_REQUEST = 500;

  /** As many as the console tells about in one answer. */
  private static final int ASKED_FOR = 200;

  private static final long TOLD_EVERY = 50_000;
  private static final Duration ASK_EVERY = Duration.ofMillis(250);

  private final FrontDoor door;
  private final Consumer<String> progress;
  private boolean defined;
  private long open;

  OpenExecutions(FrontDoor door, Consumer<String> progress) {
    this.door = door;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "open";
  }

  @Override
  public String unit() {
    return "open executions";
  }

  @Override
  public void growTo(long level) throws IOException, InterruptedException {
    if (!defined) {
      door.post("/definitions?wait=60s", "application/yaml", WorkloadFiles.text(DEFINITIONS));
      defined = true;
    }
    List<String> last = List.of();
    while (open < level) {
      long until = Math.min(level, open + EVENTS_A_REQUEST);
      String events =
          LongStream.range(open, until)
              .mapToObj(
                  "{\"id\":\"backlog-%d\",\"message\":\"Please call me next month\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]"));
      last = executions(door.post("/webhooks/backlog", "application/json", events));
      if (until / TOLD_EVERY > open / TOLD_EVERY) {
        progress.accept("%d sent".formatted(until));
      }
      open = until;
    }
    awaitWaiting(last);
  }

  private static List<String> executions(String answer) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode event : JSON.readTree(answer).path("events")) {
      event.path("executions").forEach(id -> ids.add(id.asText()));
    }
    return ids;
  }

  /** Each partition works in the order of the events, and so does its projection. */
  private void awaitWaiting(List<String> ids) throws IOException, InterruptedException {
    List<String> asked = ids.subList(Math.max(0, ids.size() - ASKED_FOR), ids.size());
    String path = "/api/executions?ids=" + String.join(",", asked);
    while (waiting(door.get(path)) < asked.size()) {
      Thread.sleep(ASK_EVERY);
    }
  }

  private static int waiting(String answer) throws IOException {
    int waiting = 0;
    for (JsonNode execution : JSON.readTree(answer).path("executions")) {
      waiting += execution.path("status").asText().equals("WAITING") ? 1 : 0;
    }
    return waiting;
  }
}
