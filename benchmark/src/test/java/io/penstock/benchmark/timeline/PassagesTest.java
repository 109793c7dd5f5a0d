package io.penstock.benchmark.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassagesTest {
  private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");
  private static final ExecutionId EXECUTION =
      ExecutionId.of("lead", EventKey.of("lead", "a-1", Optional.empty()));

  private final Passages passages = new Passages();

  @Test
  void a_lead_that_was_seen_everywhere_is_complete() {
    wholeWay();

    Map<Moment, Double> way = passages.complete().iterator().next();

    assertThat(way.get(Moment.EVENT)).isEqualTo(1);
    assertThat(way.get(Moment.ROUTE_COMMAND)).isEqualTo(4);
    assertThat(way.get(Moment.ROUTE_OUTCOME)).isEqualTo(8);
    assertThat(way.get(Moment.END_IN_HISTORY)).isEqualTo(20);
  }

  @Test
  void a_lead_that_was_not_seen_everywhere_does_not_count() {
    passages.event(event(), 1);
    passages.command(command(StepKind.ENRICH), 2);

    assertThat(passages.complete()).isEmpty();
  }

  @Test
  void of_what_comes_twice_the_first_time_counts() {
    wholeWay();
    passages.command(command(StepKind.ROUTE), 40);
    passages.outcome(outcome(StepKind.ROUTE), 80);

    Map<Moment, Double> way = passages.complete().iterator().next();

    assertThat(way.get(Moment.ROUTE_COMMAND)).isEqualTo(4);
    assertThat(way.get(Moment.ROUTE_OUTCOME)).isEqualTo(8);
  }

  @Test
  void records_of_leads_that_were_there_before_are_passed_over() {
    passages.command(command(StepKind.ENRICH), 2);
    passages.outcome(outcome(StepKind.ENRICH), 3);

    assertThat(passages.complete()).isEmpty();
  }

  private void wholeWay() {
    passages.event(event(), 1);
    passages.command(command(StepKind.ENRICH), 2);
    passages.command(command(StepKind.LLM), 3);
    passages.command(command(StepKind.ROUTE), 4);
    passages.command(command(StepKind.NOTIFY), 5);
    passages.outcome(outcome(StepKind.ENRICH), 6);
    passages.outcome(outcome(StepKind.LLM), 7);
    passages.outcome(outcome(StepKind.ROUTE), 8);
    passages.outcome(outcome(StepKind.NOTIFY), 9);
    passages.history(history(ExecutionStatus.RUNNING), 10);
    passages.history(history(ExecutionStatus.COMPLETED), 20);
    for (Moment outside :
        List.of(
            Moment.DUE,
            Moment.ENRICH_ARRIVAL,
            Moment.ENRICH_ANSWER,
            Moment.LLM_ARRIVAL,
            Moment.LLM_ANSWER,
            Moment.NOTIFY_ARRIVAL,
            Moment.NOTIFY_ANSWER)) {
      passages.passed("a-1", outside, 0);
    }
  }

  private static EventAccepted event() {
    return new EventAccepted(
        "lead",
        "a-1",
        "lead.created",
        Optional.empty(),
        Optional.empty(),
        AT,
        Optional.empty(),
        Json.EMPTY_OBJECT,
        List.of(new EventAccepted.Start("lead", "1.0.0", EXECUTION)));
  }

  private static StepRequested command(StepKind kind) {
    return new StepRequested(
        id(kind),
        kind,
        "lead",
        "1.0.0",
        0,
        Optional.empty(),
        Json.EMPTY_OBJECT,
        AT,
        Optional.empty());
  }

  private static StepOutcome outcome(StepKind kind) {
    return new StepOutcome(
        id(kind), new StepOutcome.Succeeded(Json.EMPTY_OBJECT), Optional.empty(), AT, AT, "worker");
  }

  private static CommandId id(StepKind kind) {
    return new CommandId(EXECUTION, new StepPath("step-" + kind.name()), 1, 1, 1);
  }

  private static HistoryRecord history(ExecutionStatus status) {
    return new HistoryRecord(
        EXECUTION,
        "lead",
        Optional.of("1.0.0"),
        1,
        AT,
        Optional.of(status),
        Optional.empty(),
        List.of());
  }
}
