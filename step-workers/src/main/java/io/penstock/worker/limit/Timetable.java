package io.penstock.worker.limit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Up to when grants are given out, for each of several {@link Spacing}s. Times in microseconds of
 * one clock.
 *
 * @param givenOut in the order of the spacings
 */
record Timetable(List<Long> givenOut) {
  Timetable {
    givenOut = List.copyOf(givenOut);
  }

  /** Nothing is given out. */
  static Timetable empty(int spacings) {
    return new Timetable(Collections.nCopies(spacings, Long.MIN_VALUE / 2));
  }

  /** Grants begin an interval from now: whoever had some before is taken to have used them up. */
  static Timetable from(long now, List<Spacing> spacings) {
    return new Timetable(
        spacings.stream().map(spacing -> now + spacing.burst() * spacing.interval()).toList());
  }

  /** When a grant is free under all spacings, not before {@code now}. */
  long next(List<Spacing> spacings, long now) {
    long next = now;
    for (int i = 0; i < spacings.size(); i++) {
      next = Math.max(next, spacings.get(i).next(givenOut.get(i)));
    }
    return next;
  }

  Timetable with(List<Spacing> spacings, long grant) {
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < spacings.size(); i++) {
      after.add(spacings.get(i).afterGrant(givenOut.get(i), grant));
    }
    return new Timetable(after);
  }

  /** One grant less. */
  Timetable without(List<Spacing> spacings) {
    List<Long> before = new ArrayList<>();
    for (int i = 0; i < spacings.size(); i++) {
      before.add(givenOut.get(i) - spacings.get(i).interval());
    }
    return new Timetable(before);
  }

  /** With as many grants given out ahead as before, each at its new distance. */
  Timetable respaced(List<Spacing> former, List<Spacing> spacings, long now) {
    double ahead = 0;
    for (int i = 0; i < Math.min(former.size(), givenOut.size()); i++) {
      double grants = (double) (givenOut.get(i) - now) / former.get(i).interval();
      ahead = Math.max(ahead, grants);
    }
    double most = ahead;
    return new Timetable(
        spacings.stream()
            .map(spacing -> now + (long) Math.ceil(most * spacing.interval()))
            .toList());
  }
}
