package io.penstock.ingest.mapping;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.StrictJson;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One field of an event: from its template's value to its type, or to a reason why not. */
final class Field {
  private Field() {}

  static Object render(String field, Template template, Map<String, Object> context)
      throws RejectedException {
    try {
      return template.render(context);
    } catch (ExpressionException e) {
      throw rejected(field, e.getMessage());
    }
  }

  /** Scalars become text; null and empty text do not pass. */
  static String required(String field, Object value) throws RejectedException {
    return optional(field, value)
        .orElseThrow(
            () ->
                rejected(
                    field, "is empty or missing: every event needs it (see the source's mapping)"));
  }

  /** Null and empty text are absent. */
  static Optional<String> optional(String field, Object value) throws RejectedException {
    return switch (value) {
      case null -> Optional.empty();
      case Map<?, ?> ignored ->
          throw rejected(field, "is an object: it must be one text or number");
      case List<?> ignored -> throw rejected(field, "is an array: it must be one text or number");
      case String text -> wellFormed(field, text);
      default -> Optional.of(Json.of(value).toString());
    };
  }

  static Optional<Instant> time(String field, Optional<String> text) throws RejectedException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException e) {
      throw rejected(field, "is no time: it must be like 2026-11-22T10:15:30Z");
    }
  }

  private static Optional<String> wellFormed(String field, String text) throws RejectedException {
    if (!StrictJson.wellFormed(text)) {
      throw rejected(field, "holds half of a surrogate pair: it has no UTF-8 form");
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static RejectedException rejected(String field, String why) {
    return new RejectedException(
        Reason.MAPPING, field + ": " + why, Map.of("field", field.split(" ", 2)[0]));
  }
}
