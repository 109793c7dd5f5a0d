package io.penstock.schema.language;

import io.penstock.schema.definition.Definition;
import java.util.List;

/**
 * What stood in one file.
 *
 * @param definitions those without problems, in their order
 * @param problems in the order of the file
 */
public record Reading(List<Located<Definition>> definitions, List<Problem> problems) {
  public Reading {
    definitions = List.copyOf(definitions);
    problems = List.copyOf(problems);
  }

  public boolean isValid() {
    return problems.isEmpty();
  }
}
