package io.penstock.soak.account;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to become of an event.
 *
 * @param workflow that it starts, once
 * @param end the status in which its execution ends
 * @param stages the calls to be made: all of a stage, in any order, before any of the next one; the
 *     compensations are the last stages
 */
public record Expectation(String workflow, String end, List<Set<Place>> stages) {
  public Expectation {
    stages = stages.stream().map(Set::copyOf).toList();
  }

  public Set<Place> places() {
    return stages.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}
