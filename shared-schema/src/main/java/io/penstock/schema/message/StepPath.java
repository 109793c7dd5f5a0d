package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a step stands in the tree of a running execution: step ids and slots in turn, {@code
 * pipeline/0/high} being step {@code high} in branch 0 of route {@code pipeline}.
 */
public record StepPath(@JsonValue String value) implements Comparable<StepPath> {
  @JsonCreator
  public StepPath {
    if (value.isEmpty() || value.split("/", -1).length % 2 == 0) {
      throw new IllegalArgumentException("not a step path: '" + value + "'");
    }
  }

  /** The scope in which the step runs. */
  @JsonIgnore
  public ScopePath scope() {
    int end = value.lastIndexOf('/');
    return end < 0 ? ScopePath.ROOT : new ScopePath(value.substring(0, end));
  }

  @JsonIgnore
  public String stepId() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The scope in this step's slot, e.g. a branch of a route. */
  public ScopePath slot(String slot) {
    return new ScopePath(value + "/" + slot);
  }

  @Override
  public int compareTo(StepPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
