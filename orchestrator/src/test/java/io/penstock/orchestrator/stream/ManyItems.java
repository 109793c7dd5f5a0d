package io.penstock.orchestrator.stream;

import io.penstock.schema.Topic;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;

/** An execution over a list of many items, with all that it writes counted. */
final class ManyItems {
  static final int CONCURRENCY = 100;

  private static final String WORKFLOW =
      """
      kind: Workflow
      name: campaign
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: each
          foreach:
            items: input.contacts
            as: contact
            concurrency: %d
            steps:
              - id: call
                enrich:
                  api: apollo
                  request: {method: POST, path: /x, body: "{{ contact.id }}"}
                retry: {delays: [50ms]}
        - id: report
          notify: {api: crm, request: {method: POST, path: /r, body: "{{ steps.each.output.failed }}"}}
      """
          .formatted(CONCURRENCY);

  /** How items are answered that are asked for the first time. */
  enum World {
    KIND,
    /** Of three items one is put off, and one fails and is tried again. */
    TROUBLED
  }

  private static final Duration PUT_OFF = Duration.ofMillis(50);
  private static final int ANSWERED_BETWEEN_TICKS = 40;

  private final World world;
  private TopologyHarness topology;
  private final Queue<StepRequested> waiting = new ArrayDeque<>();
  private final Map<String, Integer> commands = new HashMap<>();
  private final List<TestRecord<byte[], byte[]>> changelog = new ArrayList<>();
  private int mostAtWork;
  private int mostWrittenByTick;
  private int largestRecord;
  private long historyBytes;
  private boolean reported;

  ManyItems(TopologyHarness topology, World world) {
    this.world = world;
    takesOver(topology);
  }

  /** Another orchestrator goes on, with nothing but the changelog of the one before. */
  void takesOver(TopologyHarness next) {
    topology = next;
    topology.define(WORKFLOW);
    topology.restore(changelog);
  }

  ExecutionId start(String event, int items) {
    String contacts =
        IntStream.range(0, items)
            .mapToObj(n -> "{\"id\":" + (100_000 + n) + "}")
            .collect(Collectors.joining(",", "{\"contacts\":[", "]}"));
    ExecutionId execution = topology.event(event, "campaign", "1.0.0", contacts);
    takeIn();
    return execution;
  }

  /** Answers commands, until so many have been answered or none is left. */
  void answer(int atMost) {
    for (int i = 0; i < atMost; i++) {
      boolean whileOthersAreAtWork = world == World.TROUBLED && i % ANSWERED_BETWEEN_TICKS == 0;
      if (waiting.isEmpty() || whileOthersAreAtWork) {
        topology.pass(PUT_OFF);
        takeIn();
      }
      StepRequested next = waiting.poll();
      if (next == null) {
        return;
      }
      answer(next);
      takeIn();
    }
  }

  private void answer(StepRequested command) {
    CommandId id = command.id();
    Object contact = command.context().at("contact", "id");
    boolean first = id.attempt() == 1 && id.delivery() == 1;
    int kind = world == World.KIND || !first ? 0 : (int) ((Long) contact % 3);
    switch (kind) {
      case 1 ->
          topology.outcome(id, new StepOutcome.Deferred(PUT_OFF, "rate limit", Optional.empty()));
      case 2 -> topology.fails(id, StepError.of(ErrorType.COMMUNICATION, "503"));
      default -> topology.succeeds(id, "{\"seen\":" + contact + "}");
    }
  }

  /** Lets ticks pass until they write nothing more. */
  void settle() {
    int before;
    do {
      before = changelog.size();
      topology.pass(Duration.ofMillis(50));
      takeIn();
      mostWrittenByTick = Math.max(mostWrittenByTick, changelog.size() - before);
    } while (changelog.size() > before);
  }

  private void takeIn() {
    for (StepRequested command : topology.commands(StepKind.ENRICH)) {
      commands.merge(command.id().toString(), 1, Integer::sum);
      waiting.add(command);
    }
    mostAtWork = Math.max(mostAtWork, waiting.size());
    for (StepRequested command : topology.commands(StepKind.NOTIFY)) {
      reported = true;
      topology.succeeds(command.id(), "null");
    }
    for (TestRecord<byte[], byte[]> record : topology.changelog()) {
      changelog.add(record);
      largestRecord = Math.max(largestRecord, bytes(record));
    }
    for (TestRecord<byte[], byte[]> record : topology.records(Topic.HISTORY.topicName())) {
      historyBytes += bytes(record);
      largestRecord = Math.max(largestRecord, bytes(record));
    }
  }

  private static int bytes(TestRecord<byte[], byte[]> record) {
    return record.key().length + (record.value() == null ? 0 : record.value().length);
  }

  boolean hasReported() {
    return reported;
  }

  /** Commands that went out more than once. */
  List<String> repeated() {
    return commands.entrySet().stream()
        .filter(command -> command.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  int commands() {
    return commands.size();
  }

  int mostAtWork() {
    return mostAtWork;
  }

  int mostWrittenByTick() {
    return mostWrittenByTick;
  }

  /** In bytes, of history and changelog. */
  int largestRecord() {
    return largestRecord;
  }

  long stateWrites() {
    return changelog.size();
  }

  long stateBytes() {
    return changelog.stream().mapToLong(ManyItems::bytes).sum();
  }

  long historyBytes() {
    return historyBytes;
  }
}
