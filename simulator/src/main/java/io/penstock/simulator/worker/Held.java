package io.penstock.simulator.worker;

import io.penstock.simulator.log.LogRecord;

/** A command as the share group sees it. */
final class Held {
  private final LogRecord record;
  private int deliveries;
  private SimulatedWorker holder;

  Held(LogRecord record) {
    this.record = record;
  }

  LogRecord record() {
    return record;
  }

  /** How often it has been handed out. */
  int deliveries() {
    return deliveries;
  }

  void handTo(SimulatedWorker worker) {
    deliveries++;
    holder = worker;
  }

  boolean isHeldBy(SimulatedWorker worker, int delivery) {
    return holder == worker && deliveries == delivery;
  }

  boolean isHeldBy(SimulatedWorker worker) {
    return holder == worker;
  }

  void letGo() {
    holder = null;
  }
}
