package io.penstock.simulator.log;

import java.util.HashMap;
import java.util.Map;

/** One transaction of a producer, and the partitions of the input log whose offsets it moves. */
public final class Transaction {
  /** As a reader of committed records sees it. */
  public enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  private final int number;
  private final Map<Integer, Long> inputs = new HashMap<>();
  private State state = State.OPEN;

  public Transaction(int number) {
    this.number = number;
  }

  /**
   * It will commit an offset of this partition of the input log.
   *
   * @param takenOverAt end of that log when the writer's task began
   */
  public void covers(int partition, long takenOverAt) {
    inputs.put(partition, takenOverAt);
  }

  long takenOverAt(int partition) {
    return inputs.getOrDefault(partition, 0L);
  }

  public boolean holds(int partition) {
    return isOpen() && inputs.containsKey(partition);
  }

  public void commit() {
    state = State.COMMITTED;
  }

  public void abort() {
    state = State.ABORTED;
  }

  public boolean isOpen() {
    return state == State.OPEN;
  }

  public State state() {
    return state;
  }

  public int number() {
    return number;
  }
}
