package io.penstock.schema.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in one file, so that a reader can go on and report all at once. */
final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(Spot spot, String message) {
    found.add(new Problem(file, spot.line(), spot.column(), spot.pointer(), message));
  }

  int count() {
    return found.size();
  }

  /** In the order of the file. */
  List<Problem> all() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .toList();
  }
}
