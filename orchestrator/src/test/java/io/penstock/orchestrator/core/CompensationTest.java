package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.call;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.compensating;
import static io.penstock.orchestrator.core.Defined.due;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.failing;
import static io.penstock.orchestrator.core.Defined.inParallel;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.undone;
import static io.penstock.orchestrator.core.Defined.withOutput;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.backBecauseOf;
import static io.penstock.orchestrator.core.ExpectedFact.backBy;
import static io.penstock.orchestrator.core.ExpectedFact.cancelled;
import static io.penstock.orchestrator.core.ExpectedFact.compensated;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.held;
import static io.penstock.orchestrator.core.ExpectedFact.ignored;
import static io.penstock.orchestrator.core.ExpectedFact.letBe;
import static io.penstock.orchestrator.core.ExpectedFact.noWakeUp;
import static io.penstock.orchestrator.core.ExpectedFact.notApplicable;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.paused;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.resumed;
import static io.penstock.orchestrator.core.ExpectedFact.retryScheduled;
import static io.penstock.orchestrator.core.ExpectedFact.stepDropped;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.undoable;
import static io.penstock.orchestrator.core.ExpectedFact.undoing;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.CompensationEnd.MARKED;
import static io.penstock.schema.message.CompensationEnd.SKIPPED;
import static io.penstock.schema.message.Control.Verb.CANCEL;
import static io.penstock.schema.message.Control.Verb.COMPENSATE;
import static io.penstock.schema.message.Control.Verb.MARK_COMPENSATED;
import static io.penstock.schema.message.Control.Verb.PAUSE;
import static io.penstock.schema.message.Control.Verb.REPLAY;
import static io.penstock.schema.message.Control.Verb.RESUME;
import static io.penstock.schema.message.Control.Verb.RETRY_COMPENSATION;
import static io.penstock.schema.message.Control.Verb.SKIP_COMPENSATION;
import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.IgnoredReason.ALREADY_DECIDED;
import static io.penstock.schema.message.IgnoredReason.NOT_APPLICABLE;
import static io.penstock.schema.message.IgnoredReason.NOT_DUE;
import static io.penstock.schema.message.IgnoredReason.NOT_EXPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has completed is undone. */
class CompensationTest {
  private static final Step BOOK = undone(enrich("book"));
  private static final Step PAY = undone(enrich("pay"));
  private static final Step SHIP = enrich("ship");
  private static final Workflow ORDER = compensating(workflow(BOOK, PAY, SHIP));
  private static final String UNDO_BOOK = "book/compensate/compensation";
  private static final String UNDO_PAY = "pay/compensate/compensation";

  /** Both are done, the third step is on its way. */
  private static Scenario.AnExecution shipping(Workflow workflow) {
    return anExecution(workflow)
        .after(attempt(1).of("book").succeeds("b7"), attempt(1).of("pay").succeeds("p7"));
  }

  private static Scenario.AnExecution goingBack() {
    return shipping(ORDER).after(attempt(1).of("ship").fails(RUNTIME, "no"));
  }

  private static Scenario.AnExecution failedToUndoPay() {
    return goingBack().after(attempt(1).of(UNDO_PAY).fails(RUNTIME, "gone"));
  }

  @Test
  void a_step_with_a_compensation_is_remembered_when_it_completes() {
    given(anExecution(ORDER))
        .when(attempt(1).of("book").succeeds("b7"))
        .then(completed("book", 1, "b7"), undoable("book"), requested("pay"));
  }

  @Test
  void a_failure_that_nothing_catches_undoes_the_newest_first() {
    given(shipping(ORDER))
        .when(attempt(1).of("ship").fails(RUNTIME, "no"))
        .then(
            attemptFailed("ship", 1, RUNTIME, "no"),
            stepFailed("ship", 1, RUNTIME, "no"),
            backBecauseOf("ship", RUNTIME, "no"),
            undoing("pay"))
        .sends(UNDO_PAY + "#1.1.1")
        .status(ExecutionStatus.COMPENSATING);
  }

  @Test
  void one_follows_the_other() {
    given(goingBack())
        .when(attempt(1).of(UNDO_PAY).succeeds("ok"))
        .then(completed(UNDO_PAY, 1, "ok"), ExpectedFact.undone("pay"), undoing("book"))
        .sends(UNDO_BOOK + "#1.1.1")
        .status(ExecutionStatus.COMPENSATING);
  }

  @Test
  void the_last_one_is_the_end() {
    given(goingBack().after(attempt(1).of(UNDO_PAY).succeeds("ok")))
        .when(attempt(1).of(UNDO_BOOK).succeeds("ok"))
        .then(
            completed(UNDO_BOOK, 1, "ok"), ExpectedFact.undone("book"), compensated(), forgotten())
        .sends()
        .status(ExecutionStatus.COMPENSATED);
  }

  @Test
  void a_second_outcome_of_a_compensation_changes_nothing() {
    given(goingBack().after(attempt(1).of(UNDO_PAY).succeeds("ok")))
        .when(attempt(1).of(UNDO_PAY).succeeds("again"))
        .then(outcomeIgnored(ALREADY_DECIDED, UNDO_PAY + "#1.1.1"));
  }

  @Test
  void with_nothing_done_there_is_nothing_to_undo() {
    given(anExecution(ORDER))
        .when(attempt(1).of("book").fails(RUNTIME, "no"))
        .then(
            attemptFailed("book", 1, RUNTIME, "no"),
            stepFailed("book", 1, RUNTIME, "no"),
            backBecauseOf("book", RUNTIME, "no"),
            compensated(),
            forgotten())
        .status(ExecutionStatus.COMPENSATED);
  }

  @Test
  void a_fallback_leaves_nothing_to_undo() {
    Step caught = caught(undone(enrich("book")), toOutput("none"));
    given(anExecution(compensating(workflow(caught, SHIP))))
        .when(attempt(1).of("book").fails(RUNTIME, "no"))
        .then(
            attemptFailed("book", 1, RUNTIME, "no"),
            ExpectedFact.errorCaught("book", 0, RUNTIME, "no"),
            completedWith("book", "none"),
            requested("ship"));
  }

  @Test
  void a_compensation_sees_the_output_of_what_it_undoes() {
    Step pay = undone(enrich("pay"), call("{{ steps.pay.output }}"), Retry.NONE);
    given(shipping(compensating(workflow(BOOK, pay, SHIP))))
        .when(attempt(1).of("ship").fails(RUNTIME, "no"))
        .sendsContext("{\"steps\":{\"pay\":{\"output\":\"p7\"}}}");
  }

  @Test
  void a_compensation_has_retries_of_its_own() {
    Step pay = undone(enrich("pay"), call("x"), retriesOnce());
    given(
            shipping(compensating(workflow(BOOK, pay, SHIP)))
                .after(attempt(1).of("ship").fails(RUNTIME, "no")))
        .when(attempt(1).of(UNDO_PAY).failsTransiently("503").at("10:10:00"))
        .then(
            attemptFailed(UNDO_PAY, 1, COMMUNICATION, "503"),
            retryScheduled(UNDO_PAY, 2, "10:10:05"),
            wakeUp("10:10:05"))
        .status(ExecutionStatus.COMPENSATING);
  }

  private static Retry retriesOnce() {
    return Retry.of(new Retry.Delays(List.of(Duration.ofSeconds(5)), 0));
  }

  @Test
  void a_compensation_may_be_deferred() {
    given(goingBack().after(attempt(1).of(UNDO_PAY).isDeferredFor(Duration.ofSeconds(5))))
        .when(timerFires().at("11:00:00"))
        .then(requested(UNDO_PAY).delivery(2).ticket("ticket-7"), wakeUp("12:00:00"))
        .sends(UNDO_PAY + "#1.1.2");
  }

  @Test
  void where_one_fails_for_good_an_operator_must_decide() {
    given(goingBack())
        .when(attempt(1).of(UNDO_PAY).fails(RUNTIME, "gone"))
        .then(
            attemptFailed(UNDO_PAY, 1, RUNTIME, "gone"),
            stepFailed(UNDO_PAY, 1, RUNTIME, "gone"),
            suspendedBy(UNDO_PAY, RUNTIME, "gone"))
        .leavesDeadLetter(UNDO_PAY + "#1.1.1 runtime")
        .sends()
        .status(ExecutionStatus.FAILED_TO_COMPENSATE);
  }

  @Test
  void a_failed_one_can_be_tried_again() {
    given(failedToUndoPay())
        .when(operator(RETRY_COMPENSATION))
        .then(reopened(UNDO_PAY, 2), requested(UNDO_PAY).attempt(2))
        .sends(UNDO_PAY + "#1.2.1")
        .status(ExecutionStatus.COMPENSATING);
  }

  @Test
  void its_dead_letter_can_be_replayed() {
    given(failedToUndoPay())
        .when(operator(REPLAY, UNDO_PAY))
        .then(reopened(UNDO_PAY, 2), requested(UNDO_PAY).attempt(2));
  }

  @Test
  void a_late_replay_of_the_step_is_none_of_what_undoes_it() {
    given(failedToUndoPay())
        .when(operator(REPLAY, "pay"))
        .then(ignored(NOT_APPLICABLE, "replay c-1"));
    given(failedToUndoPay())
        .when(operator(RETRY_COMPENSATION, "pay"))
        .then(reopened(UNDO_PAY, 2), requested(UNDO_PAY).attempt(2));
  }

  @Test
  void what_ended_while_a_bug_stopped_a_paused_one_is_followed_by_the_next() {
    given(
            goingBack()
                .after(
                    operator(PAUSE),
                    Happening.aBugIsMet(),
                    attempt(1).of(UNDO_PAY).succeeds("ok"),
                    operator(REPLAY)))
        .when(operator(RESUME))
        .then(resumed(), undoing("book"), wakeUp("11:00:08"));
  }

  @Test
  void a_failed_one_can_be_let_be() {
    given(failedToUndoPay())
        .when(operator(SKIP_COMPENSATION))
        .then(letBe("pay", SKIPPED), undoing("book"))
        .status(ExecutionStatus.COMPENSATING);
  }

  @Test
  void somebody_may_have_undone_it_by_hand() {
    given(failedToUndoPay())
        .when(operator(MARK_COMPENSATED, "pay"))
        .then(letBe("pay", MARKED), undoing("book"));
  }

  @Test
  void none_but_a_failed_one_is_let_be() {
    given(goingBack())
        .when(operator(SKIP_COMPENSATION))
        .then(notApplicable("skip_compensation c-1", "no compensation has failed"));
    given(failedToUndoPay())
        .when(operator(MARK_COMPENSATED, "book"))
        .then(notApplicable("mark_compensated c-1", "no compensation has failed at 'book'"));
    given(shipping(ORDER))
        .when(operator(RETRY_COMPENSATION))
        .then(
            notApplicable(
                "retry_compensation c-1", "the execution is RUNNING; nothing is being undone"));
  }

  @Test
  void a_cancel_undoes_and_waits_for_what_is_on_its_way() {
    Scenario.AnExecution paying = anExecution(ORDER).after(attempt(1).of("book").succeeds("b7"));
    given(paying)
        .when(operator(CANCEL))
        .then(backBy(CompensationTrigger.CANCEL, "pay"))
        .sends()
        .status(ExecutionStatus.COMPENSATING);
    given(paying)
        .when(attempt(1).of("pay").succeeds("p7"))
        .then(completed("pay", 1, "p7"), undoable("pay"), undoing("pay"));
  }

  @Test
  void what_did_not_succeed_on_its_way_is_dropped() {
    Scenario.AnExecution cancelled =
        anExecution(ORDER).after(attempt(1).of("book").succeeds("b7"), operator(CANCEL));
    given(cancelled)
        .when(attempt(1).of("pay").failsTransiently("503"))
        .then(attemptFailed("pay", 1, COMMUNICATION, "503"), stepDropped("pay"), undoing("book"));
    given(cancelled)
        .when(attempt(1).of("pay").succeeds("late"))
        .then(outcomeIgnored(NOT_EXPECTED, "pay#1.1.1"));
  }

  @Test
  void what_was_not_called_on_its_way_is_dropped() {
    given(anExecution(ORDER).after(attempt(1).of("book").succeeds("b7"), operator(CANCEL)))
        .when(attempt(1).of("pay").isDeferredFor(Duration.ofSeconds(9)))
        .then(stepDropped("pay"), undoing("book"));
  }

  @Test
  void what_nobody_answered_on_its_way_is_handed_out_again() {
    given(anExecution(ORDER).after(attempt(1).of("book").succeeds("b7"), operator(CANCEL)))
        .when(timerFires().at("12:00:00"))
        .then(requested("pay").delivery(2), wakeUp("13:00:00"));
  }

  @Test
  void a_cancel_before_anything_was_done_just_ends_it() {
    given(anExecution(compensating(workflow(SHIP, BOOK))))
        .when(operator(CANCEL))
        .then(cancelled(), forgotten());
  }

  @Test
  void a_cancel_on_the_way_back_does_not_apply() {
    given(goingBack())
        .when(operator(CANCEL))
        .then(notApplicable("cancel c-1", "the execution is COMPENSATING"));
    given(goingBack())
        .when(operator(COMPENSATE))
        .then(notApplicable("compensate c-1", "the execution is COMPENSATING"));
  }

  @Test
  void the_deadline_undoes_too_and_does_not_cut_off_the_way_back() {
    Scenario.AnExecution late = shipping(due(ORDER, Duration.ofMinutes(5)));
    Scenario.Then then = given(late).when(timerFires().at("10:05:00"));
    assertThat(then.result().facts().getFirst())
        .isInstanceOfSatisfying(
            Fact.CompensationStarted.class,
            started -> {
              assertThat(started.trigger()).isEqualTo(CompensationTrigger.DEADLINE);
              assertThat(started.error()).isPresent();
            });
    then.sends(UNDO_PAY + "#1.1.1").status(ExecutionStatus.COMPENSATING);
    given(late)
        .when(attempt(1).of(UNDO_PAY).succeeds("ok").at("10:06:00"))
        .then(completed(UNDO_PAY, 1, "ok"), ExpectedFact.undone("pay"), undoing("book"));
  }

  @Test
  void a_suspended_execution_can_be_undone_by_an_operator() {
    given(shipping(workflow(BOOK, PAY, SHIP)).after(attempt(1).of("ship").fails(RUNTIME, "no")))
        .when(operator(COMPENSATE))
        .then(backBy(CompensationTrigger.OPERATOR), undoing("pay"));
  }

  @Test
  void one_that_just_fails_undoes_nothing() {
    given(shipping(failing(workflow(BOOK, PAY, SHIP))))
        .when(attempt(1).of("ship").fails(RUNTIME, "no"))
        .status(ExecutionStatus.FAILED)
        .sends();
  }

  @Test
  void a_pause_holds_the_next_compensation() {
    given(goingBack()).when(operator(PAUSE)).then(paused()).status(ExecutionStatus.PAUSED);
    Scenario.AnExecution halted = goingBack().after(operator(PAUSE));
    given(halted)
        .when(attempt(1).of(UNDO_PAY).succeeds("ok"))
        .then(
            completed(UNDO_PAY, 1, "ok"),
            ExpectedFact.undone("pay"),
            before -> Stream.of(new Fact.StepCompensationStarted(new StepPath("book"))),
            held(UNDO_BOOK))
        .sends();
    given(halted).when(operator(RESUME)).then(resumed(), requested(UNDO_BOOK));
  }

  @Test
  void it_goes_on_after_a_bug() {
    given(goingBack().after(Happening.aBugIsMet(), operator(REPLAY)))
        .when(attempt(1).of(UNDO_PAY).succeeds("ok"))
        .then(completed(UNDO_PAY, 1, "ok"), ExpectedFact.undone("pay"), undoing("book"));
  }

  /** Found by {@link AnyScheduleTest}. */
  @Test
  void what_was_awaited_when_a_bug_was_met_is_asked_for_again() {
    given(
            anExecution(ORDER)
                .after(
                    attempt(1).of("book").succeeds("b7"),
                    operator(CANCEL),
                    Happening.aBugIsMetBy(attempt(1).of("pay").succeeds("p7"))))
        .when(operator(REPLAY))
        .then(resumed(), requested("pay").delivery(2), wakeUp("11:00:04"));
  }

  @Test
  void an_execution_that_a_bug_stopped_can_be_undone() {
    given(shipping(ORDER).after(Happening.aBugIsMet()))
        .when(operator(COMPENSATE))
        .then(backBy(CompensationTrigger.OPERATOR), undoing("pay"), wakeUp("11:00:04"))
        .status(ExecutionStatus.COMPENSATING);
  }

  @Test
  void a_call_whose_answer_met_the_bug_is_asked_again_before_it_is_undone() {
    Scenario.AnExecution stopped =
        anExecution(ORDER)
            .after(
                attempt(1).of("book").succeeds("b7"),
                Happening.aBugIsMetBy(attempt(1).of("pay").succeeds("p7")));
    given(stopped)
        .when(operator(COMPENSATE))
        .then(
            backBy(CompensationTrigger.OPERATOR, "pay"),
            requested("pay").delivery(2),
            wakeUp("11:00:03"));
    given(stopped.after(operator(COMPENSATE)))
        .when(attempt(1).of("pay").delivery(2).succeeds("p7"))
        .then(completed("pay", 1, "p7"), undoable("pay"), undoing("pay"));
  }

  @Test
  void the_first_call_is_undone_after_a_bug_although_nothing_has_completed() {
    given(anExecution(ORDER).after(Happening.aBugIsMetBy(attempt(1).of("book").succeeds("b7"))))
        .when(operator(COMPENSATE))
        .then(
            backBy(CompensationTrigger.OPERATOR, "book"),
            requested("book").delivery(2),
            wakeUp("11:00:02"));
  }

  @Test
  void branches_are_dropped_but_for_what_could_have_to_be_undone() {
    Workflow forked =
        compensating(
            workflow(parallel("both", lane("a", PAY), lane("b", SHIP), lane("c", enrich("look")))));
    Scenario.AnExecution failing = anExecution(forked);
    given(failing)
        .when(attempt(1).of("both/b/ship").fails(RUNTIME, "no"))
        .then(
            attemptFailed("both/b/ship", 1, RUNTIME, "no"),
            stepFailed("both/b/ship", 1, RUNTIME, "no"),
            backBecauseOf("both/b/ship", RUNTIME, "no", "both/a/pay"))
        .sends();
    given(failing)
        .when(attempt(1).of("both/c/look").succeeds("late"))
        .then(outcomeIgnored(NOT_EXPECTED, "both/c/look#1.1.1"));
    given(failing)
        .when(attempt(1).of("both/a/pay").succeeds("p"))
        .then(completed("both/a/pay", 1, "p"), undoable("both/a/pay"), undoing("both/a/pay"));
  }

  @Test
  void several_at_a_time_where_the_definition_says_so() {
    given(shipping(inParallel(ORDER)))
        .when(attempt(1).of("ship").fails(RUNTIME, "no"))
        .sends(UNDO_PAY + "#1.1.1", UNDO_BOOK + "#1.1.1");
  }

  @Test
  void one_that_failed_does_not_stop_the_others() {
    Scenario.AnExecution back =
        shipping(inParallel(ORDER)).after(attempt(1).of("ship").fails(RUNTIME, "no"));
    given(back)
        .when(attempt(1).of(UNDO_PAY).fails(RUNTIME, "gone"))
        .status(ExecutionStatus.COMPENSATING);
    given(back)
        .when(attempt(1).of(UNDO_BOOK).succeeds("ok"))
        .status(ExecutionStatus.FAILED_TO_COMPENSATE);
  }

  @Test
  void an_output_that_cannot_be_made_is_a_failure_too() {
    given(anExecution(withOutput(compensating(workflow(BOOK)), "{{ input.nowhere }}")))
        .when(attempt(1).of("book").succeeds("b7"))
        .sends(UNDO_BOOK + "#1.1.1")
        .status(ExecutionStatus.COMPENSATING);
  }

  @Test
  void the_timer_of_the_deadline_is_gone() {
    given(shipping(due(ORDER, Duration.ofMinutes(5))).after(timerFires().at("10:05:00")))
        .when(attempt(1).of(UNDO_PAY).fails(RUNTIME, "gone").at("10:06:00"))
        .status(ExecutionStatus.FAILED_TO_COMPENSATE);
    given(
            shipping(due(ORDER, Duration.ofMinutes(5)))
                .after(
                    timerFires().at("10:05:00"),
                    attempt(1).of(UNDO_PAY).fails(RUNTIME, "gone").at("10:06:00")))
        .when(timerFires().at("2T10:00:00"))
        .then(ignored(NOT_DUE, "timer of 2026-01-01T11:05:00Z"), noWakeUp());
  }
}
