package io.penstock.worker.limit;

/** Sees what guards do, to measure it. Called by many threads at once. */
public interface GuardObserver {
  /** Sees nothing. */
  GuardObserver BLIND = new GuardObserver() {};

  default void deferred(String name, Guarded.Reason reason) {}

  /** The circuit opened, a call asked for a pause, a probe went well, …: see {@link GateState}. */
  default void gate(String name, GateState state) {}

  /** How far the gate before somebody is open. */
  enum GateState {
    OPEN(0),
    /** More calls with every step. */
    GROWING(1),
    /** One call is on its way to see whether others may follow. */
    PROBING(2),
    /** No call goes out. */
    HELD(3);

    private final int level;

    GateState(int level) {
      this.level = level;
    }

    /** For metrics: 0 is open, higher is tighter. */
    public int level() {
      return level;
    }
  }
}
