package io.penstock.simulator.log;

import io.penstock.simulator.time.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Transactions and who is told of their ends. */
public final class Broker {
  private final Trace trace;
  private final List<Transaction> open = new ArrayList<>();
  private final List<Consumer<Transaction>> listeners = new ArrayList<>();
  private int transactions;

  public Broker(Trace trace) {
    this.trace = trace;
  }

  public Transaction begin() {
    Transaction transaction = new Transaction(transactions++);
    open.add(transaction);
    return transaction;
  }

  public void commit(Transaction transaction) {
    transaction.commit();
    ended(transaction);
  }

  /** Of one that has ended already nothing changes. */
  public void abort(Transaction transaction) {
    if (transaction.isOpen()) {
      transaction.abort();
      ended(transaction);
    }
  }

  /** Whether offsets of a partition of the input log wait for the end of a transaction. */
  public boolean holds(int partition) {
    return open.stream().anyMatch(transaction -> transaction.holds(partition));
  }

  /** Is told each end. */
  public void onEnd(Consumer<Transaction> listener) {
    listeners.add(listener);
  }

  private void ended(Transaction transaction) {
    open.remove(transaction);
    trace.note("transaction " + transaction.number() + " " + transaction.state());
    listeners.forEach(listener -> listener.accept(transaction));
  }
}
