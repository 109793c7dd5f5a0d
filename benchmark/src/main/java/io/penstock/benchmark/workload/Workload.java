package io.penstock.benchmark.workload;

import io.penstock.benchmark.load.CallsPerLead;
import io.penstock.benchmark.load.LoadPlan;
import io.penstock.benchmark.world.Behaviour;
import io.penstock.benchmark.world.Endpoint;
import java.util.List;
import java.util.Map;

/**
 * What is done with Penstock while it is measured. All workloads begin with the same webhook, and
 * end with notifications in the stub world, whose ledger tells whether each lead came to its end
 * once.
 */
public interface Workload {
  /** As it is named on the command line. */
  String name();

  /**
   * The files with the workflows, on the class path. The stub's own definitions are always applied.
   */
  List<String> definitions();

  /** Template of a webhook's body, see {@link LoadPlan#body}. */
  default String body() {
    return LoadPlan.LEAD;
  }

  /**
   * The calls that a lead leads to. It is complete when so many notifications with different
   * members {@code part} have come; a single one needs no such member.
   */
  default CallsPerLead calls() {
    return CallsPerLead.ONE_OF_EACH;
  }

  /** How the outside world behaves where it does not answer at once. */
  default Map<Endpoint, Behaviour> world() {
    return Map.of();
  }

  /** So many leads under way keep the machine busy and do not bury it. */
  default int window() {
    return 128;
  }
}
