package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.notApplicable;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.reopenedEdited;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.replayEdited;
import static io.penstock.orchestrator.core.Happening.replayEditedOf;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.Control.Verb.PAUSE;
import static io.penstock.schema.message.Control.Verb.REPLAY;
import static io.penstock.schema.message.Control.Verb.RESUME;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator replays a dead letter with its request edited. */
class ReplayEditedTest {
  private static final String PATCH = "[{'op':'replace','path':'/input/email','value':'b@b'}]";
  private static final String EDITED = "{\"input\":{\"email\":\"b@b\"}}";
  private static final Step COMPANY = enrich("company", "{{ input.email }}");

  private static Scenario.AnExecution dead() {
    return dead(COMPANY, tell("sales", "{{ input.email }}"));
  }

  private static Scenario.AnExecution dead(Step... steps) {
    return anExecution(steps).after(attempt(1).of("company").fails(RUNTIME, "boom"));
  }

  @Test
  void it_is_another_call_and_carries_what_the_patch_makes_of_it() {
    given(dead())
        .when(replayEdited(PATCH))
        .then(reopenedEdited("company", 2, PATCH), requested("company").generation(2))
        .sends("company#2.1.1")
        .sendsContext(EDITED)
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void its_idempotency_key_is_a_new_one() {
    Scenario.Then first = given(dead()).when(replayEdited(PATCH));
    assertThat(key(first)).isNotEqualTo(key(given(dead()).when(operator(REPLAY))));
  }

  private static String key(Scenario.Then replayed) {
    return ((Message.Command) replayed.result().messages().getFirst())
        .request()
        .id()
        .idempotencyKey();
  }

  @Test
  void a_success_of_the_call_before_no_longer_counts() {
    given(dead().after(replayEdited(PATCH)))
        .when(attempt(1).of("company").succeeds("late"))
        .then(outcomeIgnored(IgnoredReason.STALE_ATTEMPT, "company#1.1.1"));
  }

  @Test
  void the_steps_behind_see_the_data_as_they_were() {
    given(dead().after(replayEdited(PATCH)))
        .when(attempt(1).generation(2).of("company").succeeds("ok"))
        .then(completed("company", 1, "ok"), requested("sales"))
        .sendsContext("{\"input\":{\"email\":\"ada@example.com\"}}");
  }

  @Test
  void its_retries_carry_the_patch_too() {
    given(
            dead(retriedAfter(COMPANY, Duration.ofSeconds(1)))
                .after(
                    replayEdited(PATCH),
                    attempt(1).generation(2).of("company").failsTransiently("503")))
        .when(timerFires().at("10:00:30"))
        .sends("company#2.2.1")
        .sendsContext(EDITED);
  }

  @Test
  void its_deferrals_carry_the_patch_too() {
    given(
            dead()
                .after(
                    replayEdited(PATCH),
                    attempt(1).generation(2).of("company").isDeferredFor(Duration.ofSeconds(5))))
        .when(timerFires().at("10:00:30"))
        .sends("company#2.1.2")
        .sendsContext(EDITED);
  }

  @Test
  void so_does_the_same_attempt_handed_out_again_when_nobody_answered() {
    given(dead().after(replayEdited(PATCH)))
        .when(timerFires().at("2T10:00:00"))
        .sends("company#2.1.2")
        .sendsContext(EDITED);
  }

  @Test
  void so_does_one_that_was_held_by_a_pause() {
    given(
            anExecution(COMPANY)
                .after(
                    operator(PAUSE),
                    attempt(1).of("company").fails(RUNTIME, "boom"),
                    replayEdited(PATCH)))
        .when(operator(RESUME))
        .sends("company#2.1.1")
        .sendsContext(EDITED);
  }

  @Test
  void a_plain_replay_afterwards_is_the_same_call_with_the_same_edit() {
    given(
            dead()
                .after(
                    replayEdited(PATCH),
                    attempt(1).generation(2).of("company").fails(RUNTIME, "x")))
        .when(operator(REPLAY))
        .sends("company#2.2.1")
        .sendsContext(EDITED);
  }

  @Test
  void its_dead_letter_is_the_edited_command() {
    Scenario.Then again =
        given(dead().after(replayEdited(PATCH)))
            .when(attempt(1).generation(2).of("company").fails(RUNTIME, "x"))
            .leavesDeadLetter("company#2.1.1 runtime");
    assertThat(
            again.result().messages().stream()
                .filter(Message.DeadCommand.class::isInstance)
                .map(letter -> ((Message.DeadCommand) letter).request().context().toString()))
        .containsExactly(EDITED);
  }

  @Test
  void a_second_patch_edits_what_stands_in_the_letter() {
    String second =
        "[{'op':'test','path':'/input/email','value':'b@b'},{'op':'add','path':'/input/x','value':1}]";
    String both = PATCH.substring(0, PATCH.length() - 1) + "," + second.substring(1);
    given(
            dead()
                .after(
                    replayEdited(PATCH),
                    attempt(1).generation(2).of("company").fails(RUNTIME, "x")))
        .when(replayEdited(second))
        .then(reopenedEdited("company", 3, both), requested("company").generation(3))
        .sendsContext("{\"input\":{\"email\":\"b@b\",\"x\":1}}");
  }

  @Test
  void a_patch_that_does_not_fit_changes_nothing_and_says_why() {
    given(dead())
        .when(replayEdited("[{'op':'remove','path':'/input/emial'}]"))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'company' is sent: operation 0 (remove /input/emial): nothing stands there"))
        .sends()
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void so_does_one_whose_test_fails() {
    given(dead())
        .when(replayEdited("[{'op':'test','path':'/input/email','value':'x'}]"))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'company' is sent: operation 0 (test /input/email): another value stands there"));
  }

  @Test
  void so_does_one_that_leaves_nothing_that_could_be_sent() {
    given(dead())
        .when(replayEdited("[{'op':'replace','path':'','value':1}]"))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'company' is sent: it leaves no object"));
  }

  @Test
  void so_does_one_that_is_none() {
    given(dead())
        .when(replayEdited("{'op':'remove'}"))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'company' is sent: a JSON patch is an array of operations"));
  }

  @Test
  void of_several_dead_steps_all_take_the_patch_or_none() {
    given(deadInBothLanes())
        .when(replayEdited(PATCH))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'both/b/y' is sent: operation 0 (replace /input/email): nothing stands there"));
  }

  @Test
  void one_of_several_dead_steps_can_be_edited_alone() {
    given(deadInBothLanes())
        .when(replayEditedOf("both/a/x", PATCH))
        .then(reopenedEdited("both/a/x", 2, PATCH), requested("both/a/x").generation(2));
  }

  /** Only the first lane's step reads the address. */
  private static Scenario.AnExecution deadInBothLanes() {
    Step both =
        parallel(
            "both", lane("a", enrich("x", "{{ input.email }}")), lane("b", enrich("y", "fixed")));
    return anExecution(both)
        .after(
            attempt(1).of("both/a/x").fails(RUNTIME, "boom"),
            attempt(1).of("both/b/y").fails(RUNTIME, "boom"));
  }

  @Test
  void a_patch_that_would_fill_a_record_of_history_goes_to_one_step_at_a_time() {
    String large = "[{'op':'add','path':'/edited','value':'%s'}]".formatted("x".repeat(60 * 1024));
    Scenario.AnExecution execution = anExecution(foreach("each", "[1,2,3,4,5]", 5, enrich("call")));
    for (int round = 0; round < 5; round++) {
      execution.after(attempt(1).of("each/" + round + "/call").fails(RUNTIME, "boom"));
    }
    given(execution)
        .when(replayEdited(large))
        .then(
            notApplicable(
                "replay c-1",
                "so many steps are dead that the patch goes to one at a time: name its path"));
    given(execution).when(replayEditedOf("each/3/call", large)).sends("each/3/call#2.1.1");
  }

  @Test
  void a_patch_that_makes_more_than_a_command_carries_is_refused() {
    given(
            notStarted(enrich("company", "{{ input }}"))
                .after(
                    startedWith(Map.of("x", "y".repeat(300 * 1024))),
                    attempt(1).of("company").fails(RUNTIME, "boom")))
        .when(replayEdited("[{'op':'copy','from':'/input','path':'/input/again'}]"))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'company' is sent: it leaves 614435 bytes, the limit is 524288"));
  }

  @Test
  void a_version_or_a_path_of_any_length_is_told_in_short() {
    Scenario.Then then = given(dead()).when(Happening.replayWith("9".repeat(1_000_000)));
    assertThat(((Fact.InputIgnored) then.result().facts().getFirst()).why().orElseThrow())
        .startsWith("workflow 'leads' has no version 999")
        .hasSizeLessThan(400);
  }

  @Test
  void a_step_that_no_worker_does_has_no_request_to_edit() {
    given(anExecution(foreach("each", "input.email", 1, enrich("call"))))
        .when(replayEdited(PATCH))
        .then(
            notApplicable(
                "replay c-1",
                "the patch does not fit what step 'each' is sent: no worker is sent anything for it"));
  }

  @Test
  void an_execution_that_a_bug_stopped_has_no_dead_step_to_edit() {
    given(anExecution(COMPANY).after(Happening.aBugIsMet()))
        .when(replayEdited(PATCH))
        .then(notApplicable("replay c-1", "no step of it is dead"));
  }
}
