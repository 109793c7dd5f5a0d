package io.penstock.benchmark.timeline;

import io.penstock.schema.message.StepKind;
import java.util.Locale;
import java.util.Optional;

/**
 * Something on the way of one lead that can be seen from outside, in the order in which it happens.
 * The time between a moment and the one before it is a leg, named after who has it in hand.
 */
enum Moment {
  DUE("", Holder.SENDER),
  EVENT("webhook -> event in penstock.inputs", Holder.INGEST),
  ENRICH_COMMAND("event -> enrich command", Holder.ORCHESTRATOR),
  ENRICH_ARRIVAL("enrich command -> request arrives", Holder.WORKER),
  ENRICH_ANSWER("enrich request -> answer", Holder.OUTSIDE),
  ENRICH_OUTCOME("answer -> enrich outcome in penstock.inputs", Holder.WORKER),
  LLM_COMMAND("enrich outcome -> llm command", Holder.ORCHESTRATOR),
  LLM_ARRIVAL("llm command -> request arrives", Holder.WORKER),
  LLM_ANSWER("llm request -> answer", Holder.OUTSIDE),
  LLM_OUTCOME("answer -> llm outcome in penstock.inputs", Holder.WORKER),
  ROUTE_COMMAND("llm outcome -> route command", Holder.ORCHESTRATOR),
  ROUTE_OUTCOME("route command -> route outcome in penstock.inputs", Holder.WORKER),
  NOTIFY_COMMAND("route outcome -> notify command", Holder.ORCHESTRATOR),
  NOTIFY_ARRIVAL("notify command -> request arrives", Holder.WORKER),
  NOTIFY_ANSWER("notify request -> notified", Holder.OUTSIDE),
  END_IN_HISTORY("notified -> end in penstock.history", Holder.NOBODY);

  /** In whose hands the lead is during a leg. */
  enum Holder {
    SENDER,
    INGEST,
    ORCHESTRATOR,
    WORKER,
    OUTSIDE,
    /** The execution is over for those outside; what follows delays only who looks on. */
    NOBODY;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String leg;
  private final Holder holder;

  Moment(String leg, Holder holder) {
    this.leg = leg;
    this.holder = holder;
  }

  /** Of the leg that ends here. */
  String leg() {
    return leg;
  }

  Holder holder() {
    return holder;
  }

  static Moment commandOf(StepKind kind) {
    return switch (kind) {
      case ENRICH -> ENRICH_COMMAND;
      case LLM -> LLM_COMMAND;
      case ROUTE -> ROUTE_COMMAND;
      case NOTIFY -> NOTIFY_COMMAND;
    };
  }

  /** Empty for the last step: its outcome comes after the end that counts. */
  static Optional<Moment> outcomeOf(StepKind kind) {
    return switch (kind) {
      case ENRICH -> Optional.of(ENRICH_OUTCOME);
      case LLM -> Optional.of(LLM_OUTCOME);
      case ROUTE -> Optional.of(ROUTE_OUTCOME);
      case NOTIFY -> Optional.empty();
    };
  }
}
