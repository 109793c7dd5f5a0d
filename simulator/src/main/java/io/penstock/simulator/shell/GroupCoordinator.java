package io.penstock.simulator.shell;

import io.penstock.simulator.time.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which orchestrator has which partition; the old owner may not know yet. */
public final class GroupCoordinator {
  /** How often a new owner asks whether the offsets of its partition are settled. */
  private static final long ASK_AGAIN = 100;

  private final Cluster cluster;
  private final Chance chance;
  private final List<SimulatedOrchestrator> members = new ArrayList<>();
  private final Map<Integer, SimulatedOrchestrator> owners = new TreeMap<>();

  public GroupCoordinator(Cluster cluster) {
    this.cluster = cluster;
    this.chance = cluster.chance().of("group");
  }

  /** A process that begins, or begins anew after its transaction was lost. */
  public void join(SimulatedOrchestrator member) {
    members.remove(member);
    members.add(member);
    owners.values().removeIf(owner -> owner == member);
    rebalance();
  }

  /** Its session has ended. */
  void lost(SimulatedOrchestrator member) {
    if (members.remove(member)) {
      cluster.trace().note("session of " + member + " ended");
      rebalance();
    }
  }

  boolean has(SimulatedOrchestrator member) {
    return members.contains(member);
  }

  boolean owns(SimulatedOrchestrator process, int partition) {
    return owners.get(partition) == process;
  }

  public void rebalance() {
    if (members.isEmpty()) {
      owners.clear();
      return;
    }
    members.forEach(SimulatedOrchestrator::beforeRebalance);
    for (int partition = 0; partition < cluster.log().partitions(); partition++) {
      SimulatedOrchestrator before = owners.get(partition);
      SimulatedOrchestrator after = chance.oneOf(members);
      if (before == after) {
        continue;
      }
      if (before != null) {
        before.revoke(partition);
      }
      owners.put(partition, after);
      cluster.trace().note("partition " + partition + " to " + after);
      start(partition, after);
    }
  }

  /** Offsets that an open transaction may yet commit are waited for (KIP-447). */
  private void start(int partition, SimulatedOrchestrator owner) {
    if (!owns(owner, partition)) {
      return;
    }
    if (cluster.broker().holds(partition) || !owner.takesOver(partition)) {
      cluster.time().after(ASK_AGAIN, () -> start(partition, owner));
    }
  }
}
