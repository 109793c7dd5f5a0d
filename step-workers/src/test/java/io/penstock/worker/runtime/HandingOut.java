package io.penstock.worker.runtime;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** The orchestrator's part of first attempts: what is deferred is handed out again when due. */
final class HandingOut {
  private final WorkerWorld world;
  private final Map<CommandId, StepRequested> open = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong((Due each) -> each.at));
  private final List<StepOutcome> ends = new ArrayList<>();
  private int read;
  private int handedOut;

  /**
   * @param at of {@link System#nanoTime}
   */
  private record Due(long at, StepRequested command) {}

  HandingOut(WorkerWorld world) {
    this.world = world;
  }

  void some(int count, StepKind kind) throws Exception {
    for (int i = 0; i < count; i++) {
      send(WorkerWorld.command(kind, kind.id() + handedOut++));
    }
  }

  private void send(StepRequested command) throws Exception {
    open.put(command.id(), command);
    world.send(command);
  }

  /** Reads what came, for a moment, and hands out again what is due. */
  void turn() throws Exception {
    List<StepOutcome> outcomes = world.outcomes();
    for (StepOutcome outcome : outcomes.subList(read, outcomes.size())) {
      StepRequested command = open.remove(outcome.command());
      if (command == null) {
        continue; // a second outcome of one delivery changes nothing
      }
      if (outcome.result() instanceof StepOutcome.Deferred deferred) {
        due.add(
            new Due(
                System.nanoTime() + deferred.delay().toNanos(), again(command, deferred.ticket())));
      } else {
        ends.add(outcome);
      }
    }
    read = outcomes.size();
    while (!due.isEmpty() && due.peek().at - System.nanoTime() <= 0) {
      send(due.remove().command);
    }
  }

  private static StepRequested again(StepRequested command, Optional<String> ticket) {
    CommandId id = command.id();
    return new StepRequested(
        new CommandId(id.execution(), id.path(), id.generation(), id.attempt(), id.delivery() + 1),
        command.kind(),
        command.workflow(),
        command.version(),
        command.replyPartition(),
        command.timeout(),
        Json.EMPTY_OBJECT,
        command.requestedAt(),
        ticket);
  }

  /** With a worker, or to go to one later. */
  int underWay() {
    return open.size() + due.size();
  }

  int handedOut() {
    return handedOut;
  }

  /** What ended the attempts. */
  List<StepOutcome> ends() {
    return List.copyOf(ends);
  }
}
