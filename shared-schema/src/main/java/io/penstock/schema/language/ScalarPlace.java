package io.penstock.schema.language;

import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Finds where the n-th character of a scalar stands in its file. Where folding or escapes make that
 * unclear it answers with the start of the scalar.
 */
final class ScalarPlace {
  private final Spot start;
  private final String value;
  private final ScalarStyle style;
  private final List<String> lines;

  ScalarPlace(Spot start, String value, ScalarStyle style, List<String> lines) {
    this.start = start;
    this.value = value;
    this.style = style;
    this.lines = lines;
  }

  Spot inside(int offset) {
    int inValue = Math.clamp(offset, 0, value.length());
    return switch (style) {
      case LITERAL -> inLiteral(inValue);
      case PLAIN -> inLine(inValue, 0);
      case SINGLE_QUOTED, DOUBLE_QUOTED -> inLine(inValue, 1);
      case FOLDED, JSON_SCALAR_STYLE -> start;
    };
  }

  private Spot inLine(int offset, int quote) {
    String line = line(start.line());
    int from = line.offsetByCodePoints(0, Math.min(start.column() - 1, codePoints(line))) + quote;
    return line.startsWith(value, from)
        ? start.moved(start.line(), start.column() + quote + codePoints(value.substring(0, offset)))
        : start;
  }

  private Spot inLiteral(int offset) {
    String before = value.substring(0, offset);
    int lineInValue = (int) before.chars().filter(c -> c == '\n').count();
    String content = value.lines().skip(lineInValue).findFirst().orElse("");
    String line = line(start.line() + 1 + lineInValue);
    int indent = line.length() - content.length();
    return indent >= 0 && line.endsWith(content)
        ? start.moved(
            start.line() + 1 + lineInValue,
            indent + 1 + codePoints(before.substring(before.lastIndexOf('\n') + 1)))
        : start;
  }

  private String line(int number) {
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
