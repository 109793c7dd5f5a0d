package io.penstock.soak.account;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls of one place, in the order in which they began. */
final class CallsByPlace {
  private final Map<Place, List<Call>> byPlace;

  private CallsByPlace(Map<Place, List<Call>> byPlace) {
    this.byPlace = byPlace;
  }

  static CallsByPlace of(List<Call> calls) {
    Map<Place, List<Call>> byPlace = new LinkedHashMap<>();
    calls.stream()
        .sorted(Comparator.comparing(Call::began))
        .forEach(call -> byPlace.computeIfAbsent(call.place(), any -> new ArrayList<>()).add(call));
    return new CallsByPlace(byPlace);
  }

  Set<Place> places() {
    return byPlace.keySet();
  }

  List<Call> of(Place place) {
    return byPlace.getOrDefault(place, List.of());
  }
}
