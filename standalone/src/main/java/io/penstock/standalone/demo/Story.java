package io.penstock.standalone.demo;

import io.penstock.standalone.demo.world.Call;
import io.penstock.standalone.demo.world.DemoWorld;
import io.penstock.standalone.demo.world.Part;
import io.penstock.standalone.demo.world.ScriptedFailures;
import io.penstock.standalone.dev.FrontDoor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the demo shows: leads come in, are watched until each has ended, and are checked. */
final class Story {
  private static final String WORKFLOW = "lead-qualification";
  private static final String SOURCE = "crm";
  private static final Duration PAUSE = Duration.ofMillis(60);

  private final FrontDoor door;
  private final ReadSide readSide;
  private final DemoWorld world;
  private final LeadWebhook webhook;
  private final Screen screen;
  private final long began = System.nanoTime();

  /** By lead, in the order of their sending. */
  private final Map<Lead, String> executions = new LinkedHashMap<>();

  private final List<String> problems = new ArrayList<>();

  Story(FrontDoor door, ReadSide readSide, DemoWorld world, LeadWebhook webhook, Screen screen) {
    this.door = door;
    this.readSide = readSide;
    this.world = world;
    this.webhook = webhook;
    this.screen = screen;
  }

  /**
   * What came out.
   *
   * @param problems one line for each thing that is not as it should be
   */
  record Ending(Map<Lead, ExecutionProgress> progress, Summary summary, List<String> problems) {}

  /** Sends a webhook for each lead, and the first one a second time. */
  void send(List<Lead> leads) throws IOException, InterruptedException {
    for (Lead lead : leads) {
      executions.put(lead, accepted(lead));
    }
    Lead again = leads.get(0);
    String second = accepted(again);
    if (!second.equals(executions.get(again))) {
      problems.add(
          "%s: the second delivery of its webhook was answered %s, the first %s"
              .formatted(again.email(), second, executions.get(again)));
    }
  }

  /** The id of the execution that the lead's webhook starts. */
  private String accepted(Lead lead) throws IOException, InterruptedException {
    String body = webhook.body(lead);
    FrontDoor.Answer answer =
        door.webhook(SOURCE, webhook.headers(lead, Instant.now(), body), body);
    String id = answer.body().path("events").path(0).path("executions").path(0).asText();
    if (answer.status() != 202 || id.isEmpty()) {
      throw new IOException(
          "the webhook for %s was answered %d: %s"
              .formatted(lead.email(), answer.status(), answer.body()));
    }
    return id;
  }

  /**
   * Shows how the executions move until each has ended.
   *
   * @param atMost what has not ended then counts as failed
   */
  Ending watch(
      ScriptedFailures failures, boolean scoresAreKnown, Duration atMost, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    Map<String, ExecutionProgress> seen = new HashMap<>();
    Board board = screen.board(executions.size());
    board.open();
    do {
      seen.putAll(readSide.progress(executions.values()));
      board.show(lines(seen), elapsed());
      if (haveEnded(seen) || stopped.getAsBoolean()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } while (elapsed().compareTo(atMost) < 0);
    return ending(seen, elapsed(), new OutcomeCheck(world.calls(), failures, scoresAreKnown));
  }

  private boolean haveEnded(Map<String, ExecutionProgress> seen) {
    return executions.values().stream()
        .map(seen::get)
        .allMatch(one -> one != null && one.hasEnded());
  }

  private List<String> lines(Map<String, ExecutionProgress> seen) {
    LeadLine line = new LeadLine(screen.style(), screen.columns());
    return executions.entrySet().stream()
        .map(entry -> line.of(entry.getKey().name(), progress(seen, entry.getValue())))
        .toList();
  }

  private static ExecutionProgress progress(Map<String, ExecutionProgress> seen, String id) {
    return Objects.requireNonNullElse(seen.get(id), ExecutionProgress.ACCEPTED);
  }

  private Ending ending(Map<String, ExecutionProgress> seen, Duration took, OutcomeCheck check)
      throws IOException, InterruptedException {
    Map<Lead, ExecutionProgress> progress = new LinkedHashMap<>();
    executions.forEach((lead, id) -> progress.put(lead, progress(seen, id)));
    progress.forEach((lead, one) -> problems.addAll(check.problems(lead, one)));
    int count = readSide.count(WORKFLOW);
    if (count != executions.size()) {
      problems.add(
          "there are %d executions of %s, expected %d: each webhook starts one, however often it is delivered"
              .formatted(count, WORKFLOW, executions.size()));
    }
    return new Ending(
        progress,
        Summary.of(progress.values(), count, notifications(check.calls()), took),
        List.copyOf(problems));
  }

  private static long notifications(Collection<Call> calls) {
    return calls.stream().filter(call -> call.part() == Part.CHAT && call.succeeded()).count();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
