package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the compensation of a step came to its end. */
public enum CompensationEnd {
  /** It completed. */
  COMPLETED,
  /** An operator let it be; what the step did stays done. */
  SKIPPED,
  /** An operator has undone the step by other means. */
  MARKED;

  @JsonValue
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  public static CompensationEnd of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
