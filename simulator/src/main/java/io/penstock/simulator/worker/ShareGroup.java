package io.penstock.simulator.worker;

import io.penstock.simulator.log.LogRecord;
import io.penstock.simulator.shell.Cluster;
import io.penstock.simulator.time.Chance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A share group on one step topic (KIP-932), reading uncommitted: hands each record to one worker
 * at a time under a lock, again when the lock or the worker is lost, and drops it after too many
 * times.
 */
public final class ShareGroup {
  private static final long LOCK = 30_000;
  private static final int DELIVERIES = 10;
  private static final int WINDOW = 8;

  private final Cluster cluster;
  private final Chance chance;
  private final List<Held> available = new ArrayList<>();
  private final Set<Held> held = new LinkedHashSet<>();
  private final List<LogRecord> dropped = new ArrayList<>();

  public ShareGroup(String topic, Cluster cluster) {
    this.cluster = cluster;
    this.chance = cluster.chance().of("share group of " + topic);
    cluster
        .log()
        .onAppend(
            record -> {
              if (record.topic().equals(topic)) {
                available.add(new Held(record));
              }
            });
  }

  /** Records that were handed out too often: nobody will ever answer them. */
  public List<LogRecord> dropped() {
    return dropped;
  }

  boolean hasSome() {
    return !available.isEmpty();
  }

  /** One of the next records, in no strict order. */
  Optional<Held> acquire(SimulatedWorker worker) {
    if (available.isEmpty()) {
      return Optional.empty();
    }
    Held next = available.remove(chance.below(Math.min(WINDOW, available.size())));
    next.handTo(worker);
    held.add(next);
    watchLock(next, worker, next.deliveries());
    return Optional.of(next);
  }

  /** Whoever has lost it meanwhile acknowledges in vain. */
  void acknowledge(Held record, SimulatedWorker worker, int delivery) {
    if (record.isHeldBy(worker, delivery)) {
      record.letGo();
      held.remove(record);
    }
  }

  /** The session of a worker has ended. */
  void lost(SimulatedWorker worker) {
    held.stream().filter(one -> one.isHeldBy(worker)).toList().forEach(this::comesAgain);
  }

  private void watchLock(Held record, SimulatedWorker worker, int delivery) {
    cluster
        .time()
        .after(
            LOCK,
            () -> {
              if (record.isHeldBy(worker, delivery)) {
                if (worker.renews()) {
                  watchLock(record, worker, delivery);
                } else {
                  cluster.trace().note("lock of " + record.record() + " expired");
                  comesAgain(record);
                }
              }
            });
  }

  private void comesAgain(Held record) {
    record.letGo();
    held.remove(record);
    if (record.deliveries() >= DELIVERIES) {
      cluster.trace().note("dropped " + record.record());
      dropped.add(record.record());
    } else {
      available.addFirst(record);
    }
  }
}
