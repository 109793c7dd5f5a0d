package io.penstock.simulator.language;

import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes maps, lists and scalars as YAML, one member a line, so that it can be read and cut. */
final class Yaml {
  private static final String INDENT = "  ";
  private static final Pattern PLAIN = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  private final StringBuilder text = new StringBuilder();

  private Yaml() {}

  static String of(Map<String, ?> definition) {
    Yaml yaml = new Yaml();
    yaml.members(definition, "", "");
    return yaml.text.toString();
  }

  /**
   * @param first stands before the first member, which continues a line that has begun
   */
  private void members(Map<?, ?> object, String first, String indent) {
    String before = first;
    for (Map.Entry<?, ?> member : object.entrySet()) {
      text.append(before).append(scalar(member.getKey())).append(':');
      value(member.getValue(), indent);
      before = indent;
    }
  }

  private void value(Object value, String indent) {
    switch (value) {
      case Map<?, ?> object when !object.isEmpty() -> {
        text.append('\n');
        members(object, indent + INDENT, indent + INDENT);
      }
      case List<?> list when !list.isEmpty() -> {
        text.append('\n');
        list.forEach(element -> element(element, indent + INDENT));
      }
      case null -> text.append('\n');
      default -> text.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void element(Object value, String indent) {
    text.append(indent).append("- ");
    switch (value) {
      case Map<?, ?> object when !object.isEmpty() -> members(object, "", indent + INDENT);
      case null, default -> text.append(scalar(value)).append('\n');
    }
  }

  /** Quoted as in JSON, which YAML understands, unless it is one word that means nothing. */
  private static String scalar(Object value) {
    boolean isWord =
        value instanceof String word
            && PLAIN.matcher(word).matches()
            && !List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n")
                .contains(word.toLowerCase(java.util.Locale.ROOT));
    return isWord || "on".equals(value) ? (String) value : Json.of(value).toString();
  }
}
