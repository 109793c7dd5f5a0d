package io.penstock.simulator.run;

import io.penstock.simulator.check.Violation;
import io.penstock.simulator.plan.Plan;
import java.util.List;

/**
 * What came of a run.
 *
 * @param steps lines of the trace
 * @param hash of the trace: the same for the same plan
 * @param executions that were started
 * @param calls that the outside saw
 * @param end of the trace
 */
public record RunResult(
    Plan plan,
    long steps,
    String hash,
    int executions,
    int calls,
    List<Violation> violations,
    List<String> end) {
  public boolean isGood() {
    return violations.isEmpty();
  }
}
