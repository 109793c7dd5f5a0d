package io.penstock.benchmark.load;

/** How often the execution, or executions, of one lead are to call each endpoint. */
public record CallsPerLead(int enrich, int chat, int notifications) {
  public static final CallsPerLead ONE_OF_EACH = new CallsPerLead(1, 1, 1);
}
