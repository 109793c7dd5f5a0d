package io.penstock.simulator.language;

import java.util.ArrayList;
import java.util.List;

/**
 * How it may end: one of the three, and where several are possible nobody knows which.
 *
 * @param completes whether it may complete
 * @param output of it then
 * @param leaving failures that somebody further out takes
 * @param fatal failures that end the execution
 */
record Outcome(boolean completes, Object output, List<Failure> leaving, List<Failure> fatal) {
  static Outcome completed(Object output) {
    return new Outcome(true, output, List.of(), List.of());
  }

  static Outcome leaving(List<Failure> failures) {
    return new Outcome(false, null, failures, List.of());
  }

  static Outcome fatal(Failure failure) {
    return new Outcome(false, null, List.of(), List.of(failure));
  }

  boolean surelyCompletes() {
    return completes && leaving.isEmpty() && fatal.isEmpty();
  }

  /** Whether it is known which of the three it is. */
  boolean isSure() {
    int ways = (completes ? 1 : 0) + (leaving.isEmpty() ? 0 : 1) + (fatal.isEmpty() ? 0 : 1);
    return ways == 1;
  }

  /** With another output, if it completes. */
  Outcome giving(Object other) {
    return new Outcome(completes, completes ? other : null, leaving, fatal);
  }

  /** This or that. */
  Outcome or(Outcome other) {
    Object either =
        completes && other.completes
            ? Unknown.either(output, other.output)
            : completes ? output : other.output;
    return new Outcome(
        completes || other.completes,
        either,
        joined(leaving, other.leaving),
        joined(fatal, other.fatal));
  }

  /** This, unless it completes; then that, or the failures of this. */
  Outcome then(Outcome next) {
    return new Outcome(
        next.completes, next.output, joined(leaving, next.leaving), joined(fatal, next.fatal));
  }

  static <T> List<T> joined(List<T> some, List<T> others) {
    List<T> all = new ArrayList<>(some);
    all.addAll(others);
    return all.stream().distinct().toList();
  }
}
