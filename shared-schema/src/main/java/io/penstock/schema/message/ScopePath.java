package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * A place in the tree of a running execution in which steps run: the root (empty), or a slot of a
 * step, e.g. {@code pipeline/0} for branch 0 of route {@code pipeline}.
 */
public record ScopePath(@JsonValue String value) {
  public static final ScopePath ROOT = new ScopePath("");

  @JsonCreator
  public ScopePath {
    if (!value.isEmpty() && value.split("/", -1).length % 2 != 0) {
      throw new IllegalArgumentException("not a scope path: '" + value + "'");
    }
  }

  public StepPath step(String stepId) {
    return new StepPath(value.isEmpty() ? stepId : value + "/" + stepId);
  }

  /** The step whose slot this is; empty for the root. */
  @JsonIgnore
  public Optional<StepPath> owner() {
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new StepPath(value.substring(0, value.lastIndexOf('/'))));
  }

  /** The last part, e.g. {@code 0}; empty for the root. */
  @JsonIgnore
  public String slot() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
