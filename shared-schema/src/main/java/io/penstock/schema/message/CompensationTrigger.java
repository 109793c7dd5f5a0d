package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why completed steps are undone. */
public enum CompensationTrigger {
  /** A step failed, and nothing caught it. */
  FAILURE,
  /** The execution had not ended at its deadline. */
  DEADLINE,
  /** An operator cancelled it. */
  CANCEL,
  /** An operator wished just this. */
  OPERATOR;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static CompensationTrigger of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
