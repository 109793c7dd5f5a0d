package io.penstock.schema.definition;

/** In which order the completed steps of an execution are compensated. */
public enum CompensationOrder {
  /** One after the other, the one that completed last first. The default. */
  REVERSE,
  /** Several at the same time, in no order to rely on. */
  PARALLEL
}
