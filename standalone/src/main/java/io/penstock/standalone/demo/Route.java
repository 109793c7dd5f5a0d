package io.penstock.standalone.demo;

import java.util.Locale;

/** Where the workflow may send a lead; named in history as {@link #toString()} has it. */
public enum Route {
  HIGH,
  MEDIUM,
  LOW;

  /** Where a score leads, by the rules of the workflow. */
  static Route ofScore(double score) {
    if (score > 25) {
      return HIGH;
    }
    return score >= 15 ? MEDIUM : LOW;
  }

  /** Path of the CRM's API that the workflow calls for it. */
  String crmPath() {
    return this == HIGH ? "/crm/v3/objects/deals" : "/crm/v3/objects/leads";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
