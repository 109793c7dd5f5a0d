package io.penstock.soak.account;

import java.util.List;

/**
 * All that was seen from outside.
 *
 * @param calls in the order in which they began
 */
public record History(
    List<SentEvent> events, List<SeenExecution> executions, List<Call> calls, List<Fault> faults) {
  public History {
    events = List.copyOf(events);
    executions = List.copyOf(executions);
    calls = List.copyOf(calls);
    faults = List.copyOf(faults);
  }
}
