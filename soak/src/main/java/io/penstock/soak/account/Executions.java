package io.penstock.soak.account;

import io.penstock.soak.account.Violation.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One accepted event, one execution, and it ends as it has to. */
final class Executions {
  private Executions() {}

  static void check(History history, List<Violation> violations) {
    Map<String, List<SeenExecution>> byEvent =
        history.executions().stream().collect(Collectors.groupingBy(SeenExecution::event));
    Map<String, SentEvent> events = new HashMap<>();
    for (SentEvent event : history.events()) {
      events.put(event.id(), event);
      violation(event, byEvent.getOrDefault(event.id(), List.of())).ifPresent(violations::add);
    }
    for (SeenExecution execution : history.executions()) {
      if (!events.containsKey(execution.event())) {
        violations.add(
            new Violation(
                Kind.UNKNOWN_EXECUTION, execution.id(), "of event '" + execution.event() + "'"));
      }
    }
  }

  private static Optional<Violation> violation(SentEvent event, List<SeenExecution> seen) {
    Set<String> ids = new TreeSet<>(event.executions());
    if (event.accepted().isEmpty()) {
      return of(Kind.NOT_ACCEPTED, event, "sent first at " + event.firstSent());
    }
    seen.forEach(execution -> ids.add(execution.id()));
    if (seen.isEmpty()) {
      return of(Kind.LOST, event, "accepted as " + ids + " at " + event.accepted().get());
    }
    if (ids.size() > 1 || seen.size() > 1) {
      return of(Kind.DOUBLED_EXECUTION, event, "answers and console name " + ids);
    }
    SeenExecution execution = seen.getFirst();
    boolean asItHadTo =
        execution.workflow().equals(event.expectation().workflow())
            && execution.status().equals(event.expectation().end());
    return asItHadTo
        ? Optional.empty()
        : of(
            Kind.WRONG_END,
            event,
            "%s of workflow %s is %s and not %s"
                .formatted(
                    execution.id(),
                    execution.workflow(),
                    execution.status(),
                    event.expectation().end()));
  }

  private static Optional<Violation> of(Kind kind, SentEvent event, String detail) {
    return Optional.of(new Violation(kind, event.id(), detail));
  }

  static int endedAsTheyHadTo(History history) {
    Map<String, String> ends = new HashMap<>();
    history.executions().forEach(execution -> ends.put(execution.event(), execution.status()));
    return (int)
        history.events().stream()
            .filter(event -> event.expectation().end().equals(ends.get(event.id())))
            .count();
  }
}
