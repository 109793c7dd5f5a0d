package io.penstock.console.projection;

import io.penstock.schema.message.StepError;
import java.util.function.Function;

/** Which field of a view stands in which column. */
final class ViewTables {
  static final UpsertTable<HistoryEntry> HISTORY =
      new UpsertTable<HistoryEntry>("console.history")
          .key("execution_id", entry -> entry.record().execution().value())
          .numberKey("sequence", entry -> entry.record().sequence())
          .time("at", entry -> entry.record().at())
          .jsonText("record", HistoryEntry::text)
          .keeping();

  static final UpsertTable<ExecutionView> EXECUTION =
      withError(
              new UpsertTable<ExecutionView>("console.execution")
                  .key("id", view -> view.id)
                  .text("workflow", view -> view.workflow)
                  .text("version", view -> view.version)
                  .text("status", view -> view.status.name())
                  .time("status_since", view -> view.statusSince)
                  .time("waiting_until", view -> view.waitingUntil)
                  .time("started_at", view -> view.startedAt)
                  .time("updated_at", view -> view.updatedAt)
                  .time("ended_at", view -> view.endedAt)
                  .text("event_source", view -> view.eventSource)
                  .text("event_id", view -> view.eventId)
                  .text("event_type", view -> view.eventType)
                  .json("input", view -> view.input)
                  .json("output", view -> view.output)
                  .text("error_path", view -> view.errorPath)
                  .number("last_sequence", view -> view.lastSequence),
              view -> view.error,
              view -> view.spent)
          .replacing();

  static final UpsertTable<StepView> STEP =
      withError(
              new UpsertTable<StepView>("console.step")
                  .key("execution_id", step -> step.executionId)
                  .key("path", step -> step.path)
                  .text("kind", step -> step.kind)
                  .text("status", step -> step.status.name())
                  .number("first_sequence", step -> step.firstSequence)
                  .number("first_fact", step -> step.firstFact)
                  .number("generation", step -> step.generation)
                  .number("attempts", step -> step.attempt)
                  .json("reads", step -> step.reads)
                  .text("waiting_for", step -> step.waitingFor)
                  .time("waiting_until", step -> step.waitingUntil)
                  .time("waiting_since", step -> step.waitingSince)
                  .number("branch", step -> step.branch)
                  .text("branch_name", step -> step.branchName)
                  .number("caught_by", step -> step.caughtBy)
                  .json("output", step -> step.output)
                  .text("output_of", step -> step.outputOf)
                  .time("started_at", step -> step.startedAt)
                  .time("ended_at", step -> step.endedAt),
              step -> step.error,
              step -> step.spent)
          .replacing();

  static final UpsertTable<AttemptView> ATTEMPT =
      withError(
              new UpsertTable<AttemptView>("console.attempt")
                  .key("execution_id", attempt -> attempt.executionId)
                  .key("path", attempt -> attempt.path)
                  .numberKey("generation", attempt -> attempt.key.generation())
                  .numberKey("attempt", attempt -> attempt.key.attempt())
                  .number("deliveries", attempt -> attempt.deliveries)
                  .text("outcome", attempt -> attempt.outcome)
                  .time("requested_at", attempt -> attempt.requestedAt)
                  .time("started_at", attempt -> attempt.startedAt)
                  .time("ended_at", attempt -> attempt.endedAt)
                  .text("model", attempt -> attempt.model),
              attempt -> attempt.error,
              attempt -> attempt.spent)
          .replacing();

  private ViewTables() {}

  private static <T> UpsertTable<T> withError(
      UpsertTable<T> table, Function<T, StepError> error, Function<T, Spent> spent) {
    return table
        .text("error_type", row -> ifAny(error.apply(row), why -> why.type().id()))
        .text("error_message", row -> ifAny(error.apply(row), StepError::message))
        .flag("error_retriable", row -> ifAny(error.apply(row), StepError::retriable))
        .number("input_tokens", row -> spent.apply(row).inputTokens())
        .number("output_tokens", row -> spent.apply(row).outputTokens())
        .number("cost_micro_usd", row -> spent.apply(row).costMicroUsd());
  }

  private static <A, B> B ifAny(A value, Function<A, B> of) {
    return value == null ? null : of.apply(value);
  }
}
