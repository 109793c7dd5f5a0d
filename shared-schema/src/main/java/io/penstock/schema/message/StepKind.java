package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of step that a worker executes; each has a topic of its own. */
public enum StepKind {
  ENRICH,
  LLM,
  ROUTE,
  NOTIFY;

  /** The name in topics, definitions and messages: {@code enrich}, {@code llm}, … */
  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static StepKind of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
