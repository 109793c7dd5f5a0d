package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Identity of an execution: {@code <workflow>~<key>}, with {@code ~<event hash>} appended when the
 * event had a partition key of its own. Deterministic: the same event gives the same id wherever
 * and however often it arrives, and from the id alone follows the record key.
 */
public record ExecutionId(@JsonValue String value) {
  private static final char SEPARATOR = '~';

  @JsonCreator
  public ExecutionId {
    int first = value.indexOf(SEPARATOR);
    if (first <= 0 || first == value.length() - 1) {
      throw new IllegalArgumentException("not an execution id: '" + value + "'");
    }
  }

  public static ExecutionId of(String workflow, EventKey key) {
    String base = workflow + SEPARATOR + key.recordKey();
    return new ExecutionId(key.partitionKeyGiven() ? base + SEPARATOR + key.eventHash() : base);
  }

  public String workflow() {
    return value.substring(0, value.indexOf(SEPARATOR));
  }

  /** Key of all records about this execution; it decides the partition. */
  public String recordKey() {
    String[] parts = value.split("~", -1);
    return parts[1];
  }

  @Override
  public String toString() {
    return value;
  }
}
