package io.penstock.schema.language;

import io.penstock.schema.message.ErrorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code errors}: which errors a catch or a rule is about. */
final class ErrorTypeReader {
  private static final List<String> KNOWN =
      Arrays.stream(ErrorType.values()).map(ErrorType::id).toList();

  private final Problems problems;
  private final Values values;

  ErrorTypeReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  /** Each type with the place where it stands. */
  Map<ErrorType, Node> read(Node list) {
    Map<ErrorType, Node> types = new LinkedHashMap<>();
    values
        .list(list, "error types")
        .forEach(element -> type(element).ifPresent(type -> types.putIfAbsent(type, element)));
    return types;
  }

  private Optional<ErrorType> type(Node node) {
    Optional<String> text = values.text(node);
    Optional<ErrorType> type = text.flatMap(ErrorType::find);
    if (text.isPresent() && type.isEmpty()) {
      problems.add(
          node.spot(),
          "there is no error type '" + text.get() + "'" + Suggestion.among(KNOWN, text.get()));
    }
    return type;
  }
}
