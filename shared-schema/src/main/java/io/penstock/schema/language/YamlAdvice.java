package io.penstock.schema.language;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says what is wrong with YAML, and for the usual slips what to do. */
final class YamlAdvice {
  private YamlAdvice() {}

  static String about(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? "cannot be read" : e.getProblem();
    return "no YAML: " + problem.strip() + remedy(problem);
  }

  static String about(YamlEngineException e) {
    return e instanceof ReaderException reader
        ? "the file holds the control character U+%04X; remove it".formatted(reader.getCodePoint())
        : "no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String remedy(String problem) {
    if (problem.contains("TAB") || problem.contains("\\t")) {
      return "; indent by spaces, not by tabs";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "; put text that contains ': ' in quotes";
    }
    if (problem.contains("%") || problem.contains("`") || problem.contains("@")) {
      return "; put text that starts with such a character in quotes";
    }
    if (problem.contains("<block end>") || problem.contains("flow")) {
      return "; check the indentation, brackets and quotes above";
    }
    return "";
  }
}
