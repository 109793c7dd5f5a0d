package io.penstock.simulator.check;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepRequested;
import io.penstock.simulator.log.LogRecord;
import io.penstock.simulator.shell.Cluster;
import io.penstock.simulator.shell.Rebuilt;
import io.penstock.simulator.worker.Call;
import io.penstock.simulator.world.CommittedHistory;
import io.penstock.simulator.world.WorkflowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that a run leaves behind. */
public final class Evidence {
  private final Cluster cluster;
  private final WorkflowSet workflows;
  private final CommittedHistory history;
  private final List<Call> calls;
  private final List<LogRecord> dropped;
  private final List<Requested> commands;
  private final Map<ExecutionId, EventAccepted.Start> starts = new LinkedHashMap<>();
  private final List<Rebuilt> rebuilt;

  /** A command as it stands in its topic, of whatever transaction. */
  record Requested(LogRecord record, StepRequested command) {}

  /** An input that can be read, where it stands. */
  record Taken(LogRecord record, Input input) {}

  /**
   * @param calls in the order in which the outside saw them
   * @param dropped commands that a share group gave up
   */
  public Evidence(
      Cluster cluster,
      WorkflowSet workflows,
      CommittedHistory history,
      List<Call> calls,
      List<LogRecord> dropped) {
    this.cluster = cluster;
    this.workflows = workflows;
    this.history = history;
    this.calls = calls;
    this.dropped = dropped;
    this.commands =
        Arrays.stream(StepKind.values())
            .map(Topic::stepsOf)
            .flatMap(topic -> cluster.log().records(topic.topicName()))
            .flatMap(Evidence::requested)
            .toList();
    this.rebuilt =
        IntStream.range(0, cluster.log().partitions())
            .mapToObj(partition -> Rebuilt.of(cluster, partition))
            .toList();
    collectStarts();
  }

  Cluster cluster() {
    return cluster;
  }

  WorkflowSet workflows() {
    return workflows;
  }

  /** Whether the broker's clock was set, forward or back, in the midst of it all. */
  boolean clockJumped() {
    return cluster.log().clockJumped();
  }

  CommittedHistory history() {
    return history;
  }

  List<Call> calls() {
    return calls;
  }

  List<LogRecord> dropped() {
    return dropped;
  }

  List<Requested> commands() {
    return commands;
  }

  /** What accepted events start: of each event the first one in the log counts. */
  Map<ExecutionId, EventAccepted.Start> starts() {
    return starts;
  }

  Rebuilt rebuilt(int partition) {
    return rebuilt.get(partition);
  }

  List<Fact> facts(ExecutionId execution) {
    return history.of(execution).stream()
        .flatMap(entry -> entry.transition().facts().stream())
        .toList();
  }

  /** Of one partition, in order; what cannot be read is left out. */
  List<Taken> inputs(int partition) {
    List<Taken> inputs = new ArrayList<>();
    for (LogRecord record : cluster.log().records(Topic.INPUTS.topicName(), partition)) {
      read(record).ifPresent(input -> inputs.add(new Taken(record, input)));
    }
    return inputs;
  }

  private void collectStarts() {
    for (int partition = 0; partition < cluster.log().partitions(); partition++) {
      Map<String, EventAccepted> first = new LinkedHashMap<>();
      for (Taken taken : inputs(partition)) {
        if (taken.input() instanceof EventAccepted event) {
          first.putIfAbsent(event.eventHash(), event);
        }
      }
      first.values().stream()
          .flatMap(event -> event.starts().stream())
          .forEach(start -> starts.put(start.execution(), start));
    }
  }

  private Optional<Input> read(LogRecord record) {
    try {
      Input input = MessageCodec.decodeInput(record.headers(), record.value());
      boolean misplaced =
          input instanceof EventAccepted
              && (record.key() == null
                  || cluster.log().partitionOf(record.key()) != record.partition());
      return misplaced ? Optional.empty() : Optional.of(input);
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  private static Stream<Requested> requested(LogRecord record) {
    try {
      return Stream.of(
          new Requested(
              record, MessageCodec.decodeStepRequested(record.headers(), record.value())));
    } catch (UnreadableRecordException e) {
      return Stream.empty(); // somebody else's bytes
    }
  }
}
