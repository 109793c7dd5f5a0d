package io.penstock.schema.language;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that arrived as JSON cannot be used. */
public final class InvalidDefinitionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * @param problems at least one
   */
  public InvalidDefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
