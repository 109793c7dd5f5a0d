package io.penstock.worker.limit;

/** Where processes keep what they count together. Thread-safe. */
interface LimitStore {
  /** What is done with a state. */
  interface Turn {
    /** The state and the time are read after this: a connection is there. */
    void begins();

    /**
     * @param now microseconds since 1970 by the store's clock
     * @return the state from now on; the very same one if nothing has changed
     */
    SharedState take(SharedState state, long now);
  }

  /** Has nobody else between reading the state and writing it. The turn is taken once. */
  void exchange(String name, Turn turn) throws StoreAwayException;

  /** Looks at it without waiting for others; what the turn returns is dropped. */
  void read(String name, Turn turn) throws StoreAwayException;

  /** The store did not answer; whether a turn counted is unknown. */
  final class StoreAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    StoreAwayException(Throwable cause) {
      super(cause);
    }
  }
}
