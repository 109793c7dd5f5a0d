package io.penstock.benchmark.workload;

import io.penstock.benchmark.load.CallsPerLead;
import java.util.List;

/** One event that starts three workflows: a lead is complete when all three have ended. */
final class FanOut implements Workload {
  private static final int WORKFLOWS = 3;

  @Override
  public String name() {
    return "fan-out";
  }

  @Override
  public List<String> definitions() {
    return List.of("/workloads/fan-out.yaml");
  }

  @Override
  public CallsPerLead calls() {
    return new CallsPerLead(WORKFLOWS, 0, WORKFLOWS);
  }
}
