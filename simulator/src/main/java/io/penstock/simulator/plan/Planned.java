package io.penstock.simulator.plan;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.Control;
import io.penstock.simulator.shell.SimulatedOrchestrator;
import java.util.List;
import java.util.Optional;

/** Something that a seed makes happen at a time; a run without it is still a run. */
public sealed interface Planned {
  /** Virtual milliseconds. */
  long at();

  /** An event arrives. */
  record Arrival(
      long at,
      int number,
      int ingest,
      List<String> workflows,
      Optional<String> partitionKey,
      Json data)
      implements Planned {}

  /** The sender has not heard an answer, and sends it again. */
  record Redelivery(long at, int arrival, int ingest) implements Planned {}

  /**
   * An operator wants something of an execution.
   *
   * @param id the same for wishes that are the same one, sent again
   */
  record Wish(long at, int arrival, String workflow, Control.Verb verb, String id)
      implements Planned {}

  record KillOrchestrator(long at, int which, long downFor) implements Planned {}

  /**
   * @param atWork with a record in its buffer, or just written, and not at any time
   */
  record FreezeOrchestrator(long at, int which, long forMillis, boolean atWork)
      implements Planned {}

  /** A write in the midst of a transition fails; its process may die of it. */
  record FailWrite(long at, int which, int afterWrites, boolean dies) implements Planned {}

  record FailCommit(long at, int which, SimulatedOrchestrator.CommitFault how) implements Planned {}

  record Rebalance(long at) implements Planned {}

  record LoseAnnouncements(long at, int which, long forMillis) implements Planned {}

  record OrchestratorClock(long at, int which, long aheadBy) implements Planned {}

  /** From then on records are dated so: in the future, or again as it was. */
  record BrokerClock(long at, long aheadBy) implements Planned {}

  record KillWorker(long at, int which, long downFor) implements Planned {}

  record FreezeWorker(long at, int which, long forMillis) implements Planned {}

  record HoldOutcomes(long at, int which, long forMillis) implements Planned {}

  /** Bytes that are none of our messages. */
  record Poison(long at, String topic, int partition, int kind) implements Planned {}

  /** Another version of a workflow; processes see it one after the other. */
  record NewVersion(long at, String workflow) implements Planned {}

  /** Deciding the next input throws, each time. */
  record BugOfOurs(long at) implements Planned {}
}
