package io.penstock.soak.account;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A webhook and the 2xx answers to all its deliveries; others only made its sender try again.
 *
 * @param firstSent when it was sent for the first time
 */
public record SentEvent(
    String id, Expectation expectation, Instant firstSent, List<Acceptance> acceptances) {
  /**
   * An answer 2xx.
   *
   * @param executions the ids in it
   */
  public record Acceptance(Instant at, Set<String> executions) {
    public Acceptance {
      executions = Set.copyOf(executions);
    }
  }

  public SentEvent {
    acceptances = List.copyOf(acceptances);
  }

  /** When its sender first knew that it was taken. */
  public Optional<Instant> accepted() {
    return acceptances.stream().map(Acceptance::at).min(Comparator.naturalOrder());
  }

  /** All ids in all answers. */
  public Set<String> executions() {
    return acceptances.stream()
        .flatMap(acceptance -> acceptance.executions().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
