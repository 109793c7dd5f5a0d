package io.penstock.cli.definition;

import io.penstock.schema.language.Problem;

/** A problem as compilers and editors write it: {@code file:line:column: message}. */
final class ProblemLine {
  private ProblemLine() {}

  static String of(Problem problem) {
    return of(problem.file(), problem.line(), problem.column(), problem.path(), problem.message());
  }

  static String of(String file, long line, long column, String path, String message) {
    String place = line > 0 ? "%s:%d:%d: ".formatted(file, line, column) : file + ": ";
    return place + message + (path.isEmpty() ? "" : " (at " + path + ")");
  }
}
