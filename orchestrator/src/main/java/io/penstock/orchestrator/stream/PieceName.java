package io.penstock.orchestrator.stream;

import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;

/** What the pieces of an execution are called in its state; the first character tells the kind. */
final class PieceName {
  static final String CONTROL = "c";
  static final String INPUT = "i";
  static final String TRACE = "t";

  /** Behind every character that stands in a path. */
  static final char AFTER_ALL_NAMES = '~';

  private static final char SCOPE = 's';
  private static final char OUTPUT = 'o';
  private static final char ITEMS = 'l';
  private static final char INSIDE = '/';
  private static final char END = '\0';

  private PieceName() {}

  static String scope(ScopePath path) {
    return SCOPE + path.value();
  }

  static String output(StepPath path) {
    return OUTPUT + path.value();
  }

  static String items(StepPath foreach, int slice) {
    return ITEMS + foreach.value() + END + slice;
  }

  /** First and last possible name of the scopes inside a scope; outside the root it has no part. */
  static String firstInside(ScopePath scope) {
    return SCOPE + inside(scope);
  }

  static String lastInside(ScopePath scope) {
    return SCOPE + inside(scope) + AFTER_ALL_NAMES;
  }

  /** How the paths of all scopes inside a scope begin. */
  static String inside(ScopePath scope) {
    return scope.value().isEmpty() ? "" : scope.value() + INSIDE;
  }

  static ScopePath scopeOf(String name) {
    return new ScopePath(name.substring(1));
  }
}
