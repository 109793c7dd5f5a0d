package io.penstock.schema.expression;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A place that an expression reads, as a path of member names from the top: {@code input.email} is
 * {@code [input, email]}. A path ends where an expression computes the next member (index, macro):
 * it then needs all below.
 */
public record Reference(List<String> path) {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public Reference {
    path = List.copyOf(path);
  }

  /**
   * The first name: {@code input}, {@code steps}, {@code execution}, {@code error}, {@code vars}.
   */
  public String root() {
    return path.getFirst();
  }

  /** As it is written in an expression: {@code steps["tell-sales"].output}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(root());
    for (String name : path.subList(1, path.size())) {
      if (IDENTIFIER.matcher(name).matches()) {
        text.append('.').append(name);
      } else {
        text.append("[\"").append(name).append("\"]");
      }
    }
    return text.toString();
  }
}
