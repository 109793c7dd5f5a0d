package io.penstock.soak.account;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The sum.
 *
 * @param sent events, each counted once
 * @param accepted of them
 * @param acceptances answers 2xx, repetitions included
 * @param ended executions that ended as they had to
 * @param calls to the outside by step
 * @param repeated calls that were allowed to be repetitions, by what allowed them
 */
public record Account(
    int sent,
    int accepted,
    int acceptances,
    int ended,
    Map<String, Calls> calls,
    Map<String, Integer> repeated,
    List<Violation> violations) {
  /**
   * Of one step.
   *
   * @param wanted how many had to be made
   * @param made how many were
   */
  public record Calls(int wanted, int made) {
    Calls plus(Calls other) {
      return new Calls(wanted + other.wanted, made + other.made);
    }
  }

  public static final Account NOTHING = new Account(0, 0, 0, 0, Map.of(), Map.of(), List.of());

  public Account {
    calls = Map.copyOf(calls);
    repeated = Map.copyOf(repeated);
    violations = List.copyOf(violations);
  }

  /** Both together. */
  public Account plus(Account other) {
    Map<String, Calls> bothCalls = new TreeMap<>(calls);
    other.calls.forEach((step, more) -> bothCalls.merge(step, more, Calls::plus));
    Map<String, Integer> bothRepeated = new TreeMap<>(repeated);
    other.repeated.forEach((cause, more) -> bothRepeated.merge(cause, more, Integer::sum));
    return new Account(
        sent + other.sent,
        accepted + other.accepted,
        acceptances + other.acceptances,
        ended + other.ended,
        bothCalls,
        bothRepeated,
        Stream.concat(violations.stream(), other.violations.stream()).toList());
  }
}
