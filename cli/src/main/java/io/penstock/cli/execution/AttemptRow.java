package io.penstock.cli.execution;

import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;

/** One attempt at a step, for people. */
public final class AttemptRow {
  private AttemptRow() {}

  /** Adds it as an answer has it. */
  public static void add(Table attempts, Json attempt) {
    String outcome = Wording.text(attempt, "outcome");
    String shown = outcome.isEmpty() ? "under way" : outcome;
    Object deliveries = attempt.at("deliveries");
    attempts.rowWith(
        1,
        Wording.tone(shown),
        "attempt " + Wording.text(attempt, "attempt"),
        shown,
        Wording.duration(attempt.at("durationMs")),
        deliveries instanceof Long count && count > 1 ? count + " deliveries" : "",
        Wording.text(attempt, "model"),
        Wording.consumption(Json.of(attempt.at("consumption"))),
        Wording.error(attempt.at("error")));
  }
}
