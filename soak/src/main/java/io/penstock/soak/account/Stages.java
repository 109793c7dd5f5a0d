package io.penstock.soak.account;

import io.penstock.soak.account.Violation.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calls that the workflow wants, no others, and in its order. A compensation is such a call, so
 * this holds their order too: what completed last is undone first.
 */
final class Stages {
  private Stages() {}

  static void check(History history, CallsByPlace calls, List<Violation> violations) {
    Set<Place> wanted = new HashSet<>();
    Map<String, SentEvent> accepted = new HashMap<>();
    for (SentEvent event : history.events()) {
      if (event.accepted().isPresent()) {
        accepted.put(event.id(), event);
        wanted.addAll(event.expectation().places());
        check(event.expectation().stages(), calls, violations);
      }
    }
    for (Place place : calls.places()) {
      // One whose acceptance was lost on the way back to its sender may be at work, too.
      if (!wanted.contains(place) && accepted.containsKey(place.event())) {
        violations.add(
            new Violation(
                Kind.UNWANTED_CALL, place.toString(), calls.of(place).getFirst().toString()));
      }
    }
  }

  private static void check(
      List<Set<Place>> stages, CallsByPlace calls, List<Violation> violations) {
    Instant before = Instant.MIN;
    for (Set<Place> stage : stages) {
      Instant stageAnswered = before;
      for (Place place : stage) {
        Optional<Instant> answered = firstAnswer(calls.of(place));
        if (answered.isEmpty()) {
          violations.add(
              new Violation(
                  Kind.MISSING_CALL,
                  place.toString(),
                  calls.of(place).size() + " calls, none of them answered"));
          return; // What follows it is missing for the same reason.
        }
        Instant began = calls.of(place).getFirst().began();
        if (began.isBefore(before)) {
          violations.add(
              new Violation(
                  Kind.OUT_OF_ORDER,
                  place.toString(),
                  "began at %s; what comes before it was answered at %s".formatted(began, before)));
        }
        stageAnswered = answered.get().isAfter(stageAnswered) ? answered.get() : stageAnswered;
      }
      before = stageAnswered;
    }
  }

  private static Optional<Instant> firstAnswer(List<Call> calls) {
    return calls.stream().flatMap(call -> call.answered().stream()).min(Comparator.naturalOrder());
  }
}
