package io.penstock.soak.account;

import io.penstock.soak.account.Account.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Goes through a history and finds every promise that was not kept. */
public final class Accountant {
  private Accountant() {}

  public static Account account(History history) {
    List<Violation> violations = new ArrayList<>();
    Executions.check(history, violations);
    CallsByPlace calls = CallsByPlace.of(history.calls());
    Keys.check(calls, violations);
    Stages.check(history, calls, violations);
    Map<String, Integer> repeated = new TreeMap<>();
    Repetitions repetitions = new Repetitions(history.faults());
    for (Place place : calls.places()) {
      repetitions.check(calls.of(place), repeated, violations);
    }
    return new Account(
        history.events().size(),
        (int) history.events().stream().filter(event -> event.accepted().isPresent()).count(),
        history.events().stream().mapToInt(event -> event.acceptances().size()).sum(),
        Executions.endedAsTheyHadTo(history),
        byStep(history, calls),
        repeated,
        violations);
  }

  private static Map<String, Calls> byStep(History history, CallsByPlace calls) {
    Map<String, Calls> byStep = new TreeMap<>();
    for (SentEvent event : history.events()) {
      for (Place place : event.expectation().places()) {
        byStep.merge(place.step(), new Calls(1, 0), Calls::plus);
      }
    }
    for (Place place : calls.places()) {
      byStep.merge(place.step(), new Calls(0, calls.of(place).size()), Calls::plus);
    }
    return byStep;
  }
}
