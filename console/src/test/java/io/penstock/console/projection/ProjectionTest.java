package io.penstock.console.projection;

import static io.penstock.console.Histories.NOON;
import static io.penstock.console.Histories.attemptFailed;
import static io.penstock.console.Histories.completed;
import static io.penstock.console.Histories.requested;
import static io.penstock.console.Histories.started;
import static io.penstock.console.Histories.takenOver;
import static io.penstock.console.Histories.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.Histories;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No database: what history adds up to. */
class ProjectionTest {
  private static final String ID = "lead~k1";
  private static final Json INPUT = Json.of(Map.of("email", "ada@example.com"));
  private static final StepPath SCORE = new StepPath("score");

  @Test
  void a_completed_execution_has_its_event_input_output_times_and_sums() {
    ExecutionView lead = fold(Histories.lead(ID, NOON, "ada@example.com"));

    assertThat(lead.status).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(lead.eventType).isEqualTo("contact.created");
    assertThat(lead.input).isEqualTo(INPUT);
    assertThat(lead.output).isEqualTo(Json.of(Map.of("route", "high")));
    assertThat(lead.startedAt).isEqualTo(NOON);
    assertThat(lead.endedAt).isEqualTo(NOON.plusSeconds(7));
    assertThat(lead.spent).isEqualTo(new Spent(300, 40, 1_250L));
    assertThat(lead.steps.keySet())
        .containsExactly("company", "score", "pipeline", "pipeline/0/deal");
    assertThat(lead.steps.values()).allMatch(step -> step.status == StepView.Status.COMPLETED);
  }

  @Test
  void each_try_of_a_step_is_kept_with_its_own_error() {
    StepView company = fold(Histories.lead(ID, NOON, "ada@example.com")).steps.get("company");

    assertThat(company.attempt).isEqualTo(2);
    assertThat(company.attempts.values())
        .extracting(attempt -> attempt.outcome)
        .containsExactly("failed", "succeeded");
    assertThat(company.attempts.get(new AttemptView.Key(1, 1)).error.message())
        .isEqualTo("503 from apollo");
    assertThat(company.error).isNull();
  }

  @Test
  void a_step_that_waits_for_its_retry_says_until_when() {
    ExecutionView lead = fold(Histories.lead(ID, NOON, "ada@example.com").subList(0, 2));

    assertThat(lead.status).isEqualTo(ExecutionStatus.WAITING);
    assertThat(lead.waitingUntil).isEqualTo(NOON.plusSeconds(5));
    assertThat(lead.steps.get("company").status).isEqualTo(StepView.Status.WAITING);
    assertThat(lead.steps.get("company").waitingFor).isEqualTo("retry");
    assertThat(lead.steps.get("company").waitingUntil).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void an_execution_that_was_moved_has_its_new_version_and_the_attempts_of_both_generations() {
    Histories history =
        Histories.of(ID)
            .then(started(INPUT), requested("score", StepKind.LLM, 1, 1))
            .then(
                new Fact.StepFailed(SCORE, 1, StepError.of(ErrorType.RUNTIME, "no JSON")),
                new Fact.ExecutionSuspended(
                    Optional.of(SCORE), StepError.of(ErrorType.RUNTIME, "no JSON")))
            .then(
                new Fact.ExecutionMoved("1.0.0", "1.0.1", "ann", "typing error"),
                new Fact.StepReopened(
                    SCORE, 2, 1, "ann", "typing error", Optional.of(Json.of(List.of()))),
                new Fact.AttemptRequested(
                    SCORE,
                    StepKind.LLM,
                    2,
                    1,
                    1,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    NOON.plusSeconds(3_600)));
    List<HistoryRecord> records = new ArrayList<>(history.records());
    HistoryRecord moved = records.removeLast();
    records.add(
        new HistoryRecord(
            moved.execution(),
            moved.workflow(),
            Optional.of("1.0.1"),
            moved.sequence(),
            moved.at(),
            moved.status(),
            moved.waitingUntil(),
            moved.facts()));

    ExecutionView lead = fold(records);

    assertThat(lead.version).isEqualTo("1.0.1");
    assertThat(lead.error).isNull();
    StepView score = lead.steps.get("score");
    assertThat(score.generation).isEqualTo(2);
    assertThat(score.status).isEqualTo(StepView.Status.RUNNING);
    assertThat(score.attempts.keySet())
        .containsExactly(new AttemptView.Key(1, 1), new AttemptView.Key(2, 1));
  }

  @Test
  void a_deferral_is_a_second_delivery_of_the_same_attempt() {
    StepView score =
        fold(Histories.of(ID)
                .then(started(INPUT), requested("score", StepKind.LLM, 1, 1))
                .then(
                    new Fact.AttemptDeferred(
                        SCORE, 1, 1, NOON.plusSeconds(9), "rate limit", Optional.empty()))
                .then(requested("score", StepKind.LLM, 1, 2))
                .records())
            .steps
            .get("score");

    assertThat(score.attempts).hasSize(1);
    AttemptView only = score.attempts.get(new AttemptView.Key(1, 1));
    assertThat(only.deliveries).isEqualTo(2);
    assertThat(only.outcome).isNull();
    assertThat(score.status).isEqualTo(StepView.Status.RUNNING);
  }

  @Test
  void all_deferrals_of_an_attempt_are_one_wait_and_a_retry_begins_another() {
    Histories deferredTwice =
        Histories.of(ID)
            .then(started(INPUT), requested("score", StepKind.LLM, 1, 1))
            .then(deferred(1, 1))
            .then(requested("score", StepKind.LLM, 1, 2));
    assertThat(scoreOf(deferredTwice).waitingSince).isEqualTo(NOON.plusSeconds(1));

    deferredTwice.then(deferred(1, 2));
    assertThat(scoreOf(deferredTwice).waitingSince).isEqualTo(NOON.plusSeconds(1));

    deferredTwice
        .then(requested("score", StepKind.LLM, 1, 3))
        .then(
            attemptFailed("score", 1, ErrorType.COMMUNICATION, "503"),
            new Fact.RetryScheduled(SCORE, 2, NOON.plusSeconds(60)));
    assertThat(scoreOf(deferredTwice).waitingSince).isEqualTo(NOON.plusSeconds(5));

    deferredTwice.then(requested("score", StepKind.LLM, 2, 1));
    assertThat(scoreOf(deferredTwice).waitingSince).isNull();
  }

  private static Fact.AttemptDeferred deferred(int attempt, int delivery) {
    return new Fact.AttemptDeferred(
        SCORE, attempt, delivery, NOON.plusSeconds(30), "rate limit", Optional.empty());
  }

  private static StepView scoreOf(Histories history) {
    return fold(history.records()).steps.get("score");
  }

  @Test
  void an_execution_says_since_when_it_stands_as_it_does() {
    StepError error = StepError.of(ErrorType.RUNTIME, "422 from crm");
    Histories history =
        Histories.of(ID)
            .then(started(INPUT), requested("score", StepKind.LLM, 1, 1))
            .then(
                ExecutionStatus.SUSPENDED,
                Optional.empty(),
                new Fact.ExecutionSuspended(Optional.of(SCORE), error))
            .then(
                ExecutionStatus.SUSPENDED,
                Optional.empty(),
                completed("other", 1, Json.of(Map.of())));

    assertThat(fold(history.records()).statusSince).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void a_step_that_was_put_off_waits_for_its_turn_and_has_no_attempt_yet() {
    Histories untilPutOff =
        Histories.of(ID).then(started(INPUT), new Fact.StepPutOff(SCORE, NOON.plusSeconds(1)));
    StepView waiting = fold(untilPutOff.records()).steps.get("score");

    assertThat(waiting.status).isEqualTo(StepView.Status.WAITING);
    assertThat(waiting.waitingFor).isEqualTo("turn");
    assertThat(waiting.waitingUntil).isEqualTo(NOON.plusSeconds(1));
    assertThat(waiting.attempts).isEmpty();

    StepView begun =
        fold(untilPutOff.then(requested("score", StepKind.LLM, 1, 1)).records()).steps.get("score");

    assertThat(begun.status).isEqualTo(StepView.Status.RUNNING);
    assertThat(begun.waitingFor).isNull();
    assertThat(begun.attempts.get(new AttemptView.Key(1, 1)).deliveries).isEqualTo(1);
  }

  @Test
  void a_wait_waits_for_its_timer_and_is_done_without_an_attempt() {
    Histories untilAsleep =
        Histories.of(ID).then(started(INPUT), new Fact.WaitStarted(SCORE, NOON.plusSeconds(600)));
    StepView asleep = fold(untilAsleep.records()).steps.get("score");

    assertThat(asleep.kind).isEqualTo("wait");
    assertThat(asleep.status).isEqualTo(StepView.Status.WAITING);
    assertThat(asleep.waitingFor).isEqualTo("timer");
    assertThat(asleep.waitingUntil).isEqualTo(NOON.plusSeconds(600));
    assertThat(asleep.attempts).isEmpty();

    StepView awake =
        fold(untilAsleep
                .then(
                    new Fact.StepCompleted(
                        SCORE,
                        0,
                        Json.NULL,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .records())
            .steps
            .get("score");
    assertThat(awake.status).isEqualTo(StepView.Status.COMPLETED);
    assertThat(awake.waitingFor).isNull();
    assertThat(awake.attempts).isEmpty();
  }

  @Test
  void tokens_of_a_failed_attempt_count_and_an_unknown_price_is_not_zero() {
    ExecutionView lead =
        fold(
            Histories.of(ID)
                .then(started(INPUT), requested("score", StepKind.LLM, 1, 1))
                .then(
                    new Fact.AttemptFailed(
                        SCORE,
                        1,
                        StepError.of(ErrorType.RUNTIME, "no JSON"),
                        usage(100, 7, null),
                        NOON,
                        NOON))
                .then(requested("score", StepKind.LLM, 2, 1))
                .records());

    assertThat(lead.spent).isEqualTo(new Spent(100, 7, null));
    assertThat(lead.steps.get("score").spent).isEqualTo(new Spent(100, 7, null));
  }

  @Test
  void a_caught_error_stays_beside_the_output_of_the_fallback() {
    StepError error = StepError.of(ErrorType.TIMEOUT, "no answer in 10 s");
    StepView score =
        fold(Histories.of(ID)
                .then(started(INPUT), requested("score", StepKind.LLM, 1, 1))
                .then(
                    attemptFailed("score", 1, ErrorType.TIMEOUT, "no answer in 10 s"),
                    new Fact.ErrorCaught(SCORE, 0, error),
                    requested("score/catch0/fallback", StepKind.LLM, 1, 1))
                .then(
                    completed("score/catch0/fallback", 1, Json.of(Map.of("total", 3L))),
                    takenOver("score", Json.NULL, "score/catch0/fallback"))
                .records())
            .steps
            .get("score");

    assertThat(score.status).isEqualTo(StepView.Status.COMPLETED);
    assertThat(score.error).isEqualTo(error);
    assertThat(score.caughtBy).isZero();
    assertThat(score.outputOf).isEqualTo("score/catch0/fallback");
  }

  @Test
  void a_suspended_execution_names_its_dead_step_and_a_replay_clears_that() {
    StepError error = StepError.of(ErrorType.RUNTIME, "422 from crm");
    Histories history =
        Histories.of(ID)
            .then(started(INPUT), requested("deal", StepKind.NOTIFY, 1, 1))
            .then(
                ExecutionStatus.SUSPENDED,
                Optional.empty(),
                new Fact.StepFailed(new StepPath("deal"), 1, error),
                new Fact.ExecutionSuspended(Optional.of(new StepPath("deal")), error));
    ExecutionView suspended = fold(history.records());
    assertThat(suspended.errorPath).isEqualTo("deal");
    assertThat(suspended.steps.get("deal").status).isEqualTo(StepView.Status.FAILED);
    assertThat(suspended.endedAt).isNull();

    ExecutionView replayed =
        fold(
            history
                .then(
                    new Fact.StepReopened(new StepPath("deal"), 2, 1, "ada", "crm is back"),
                    new Fact.AttemptRequested(
                        new StepPath("deal"),
                        StepKind.NOTIFY,
                        2,
                        1,
                        1,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        NOON))
                .records());
    assertThat(replayed.error).isNull();
    assertThat(replayed.errorPath).isNull();
    assertThat(replayed.steps.get("deal").error).isNull();
    assertThat(replayed.steps.get("deal").attempts.keySet())
        .containsExactly(new AttemptView.Key(1, 1), new AttemptView.Key(2, 1));
  }

  @Test
  void the_same_history_again_changes_nothing() {
    List<HistoryRecord> twice = new ArrayList<>(Histories.lead(ID, NOON, "ada@example.com"));
    twice.addAll(Histories.lead(ID, NOON, "ada@example.com"));

    ExecutionView lead = fold(twice);

    assertThat(lead.spent).isEqualTo(new Spent(300, 40, 1_250L));
    assertThat(lead.status).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(lead.steps.get("company").attempts).hasSize(2);
  }

  @Test
  void an_ignored_input_makes_no_execution() {
    Projection projection = new Projection(Map.of());
    Histories.of("lead~nobody")
        .thenUnknown(new Fact.InputIgnored(IgnoredReason.UNKNOWN_EXECUTION, "outcome of x"))
        .records()
        .forEach(projection::apply);

    assertThat(projection.executions()).isEmpty();
  }

  @Test
  void an_ignored_input_leaves_an_ended_execution_as_it_ended() {
    List<HistoryRecord> records = new ArrayList<>(Histories.lead(ID, NOON, "ada@example.com"));
    HistoryRecord last = records.getLast();
    records.add(
        new HistoryRecord(
            last.execution(),
            last.workflow(),
            last.version(),
            last.sequence() + 1,
            last.at().plusSeconds(60),
            Optional.of(ExecutionStatus.RUNNING),
            Optional.empty(),
            List.of(new Fact.InputIgnored(IgnoredReason.ALREADY_DECIDED, "outcome of score"))));

    ExecutionView lead = fold(records);

    assertThat(lead.status).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(lead.updatedAt).isEqualTo(last.at());
  }

  @Test
  void history_that_begins_in_the_middle_is_shown_as_far_as_it_goes() {
    List<HistoryRecord> cut = Histories.lead(ID, NOON, "ada@example.com").subList(4, 8);

    ExecutionView lead = fold(cut);

    assertThat(lead.status).isEqualTo(ExecutionStatus.COMPLETED);
    assertThat(lead.startedAt).isEqualTo(NOON.plusSeconds(4));
    assertThat(lead.input).isNull();
    assertThat(lead.steps.get("score").kind).isNull();
    assertThat(lead.steps.get("score").status).isEqualTo(StepView.Status.COMPLETED);
  }

  private static ExecutionView fold(List<HistoryRecord> records) {
    Projection projection = new Projection(Map.of());
    records.forEach(projection::apply);
    assertThat(projection.executions()).hasSize(1);
    return projection.executions().iterator().next();
  }
}
