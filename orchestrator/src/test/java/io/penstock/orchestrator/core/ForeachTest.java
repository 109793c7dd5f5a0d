package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.calling;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.inChunksOf;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.tolerating;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.errorOfCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionStartedWith;
import static io.penstock.orchestrator.core.ExpectedFact.held;
import static io.penstock.orchestrator.core.ExpectedFact.itemsFound;
import static io.penstock.orchestrator.core.ExpectedFact.itemsStarted;
import static io.penstock.orchestrator.core.ExpectedFact.iterated;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.scopeEnded;
import static io.penstock.orchestrator.core.ExpectedFact.scopeFailed;
import static io.penstock.orchestrator.core.ExpectedFact.scopesCancelled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.EXPRESSION;
import static io.penstock.schema.message.ErrorType.RUNTIME;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.IgnoredReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same steps for each item: how rounds begin, end, fail, and what the step leaves. */
class ForeachTest {
  private static final Step AFTER = tell("after", "{{ steps.each.output }}");
  private static final Object FOUR = Map.of("list", List.of("a", "b", "c", "d"));

  /** Two rounds at a time. */
  private static Step each() {
    return foreach("each", "input.list", 2, enrich("call", "{{ item }}{{ index }}"));
  }

  private static Scenario.AnExecution iterating(Step each) {
    return notStarted(each, AFTER).after(startedWith(FOUR));
  }

  private static Happening ok(int round) {
    return attempt(1).of("each/" + round + "/call").succeeds("ok" + round);
  }

  private static Happening boom(int round) {
    return attempt(1).of("each/" + round + "/call").fails(RUNTIME, "boom");
  }

  @Test
  void as_many_rounds_begin_as_may_be_at_work_at_a_time() {
    given(notStarted(each(), AFTER))
        .when(startedWith(FOUR).at("10:00:00"))
        .then(
            executionStartedWith(FOUR),
            itemsFound("each", 4, List.of("a", "b", "c", "d")),
            itemsStarted("each", 0, 2),
            requested("each/0/call"),
            requested("each/1/call"),
            wakeUp("11:00:00"))
        .sends("each/0/call#1.1.1", "each/1/call#1.1.1");
  }

  @Test
  void each_round_begins_the_next() {
    given(iterating(each()))
        .when(ok(1))
        .then(
            completed("each/1/call", "ok1"),
            scopeEnded("each/1"),
            itemsStarted("each", 2, 3),
            requested("each/2/call"));
  }

  @Test
  void a_round_sees_its_item_and_its_index() {
    given(iterating(each())).when(ok(1)).sendsContext("{\"item\":\"c\",\"index\":2}");
  }

  @Test
  void a_member_of_the_item_is_sent_without_the_others() {
    Object input = Map.of("list", List.of(Map.of("email", "a@b.example", "notes", "long")));
    given(
            notStarted(
                calling("lead", foreach("each", "input.list", 1, tell("x", "{{ lead.email }}")))))
        .when(startedWith(input))
        .sendsContext("{\"lead\":{\"email\":\"a@b.example\"}}");
  }

  @Test
  void in_chunks_a_round_sees_a_list_of_items() {
    given(notStarted(inChunksOf(3, each()), AFTER))
        .when(startedWith(FOUR))
        .sends("each/0/call#1.1.1", "each/1/call#1.1.1");
    given(notStarted(inChunksOf(3, foreach("each", "input.list", 1, tell("x", "{{ item }}")))))
        .when(startedWith(FOUR))
        .sendsContext("{\"item\":[\"a\",\"b\",\"c\"]}");
    given(
            notStarted(inChunksOf(3, foreach("each", "input.list", 1, tell("x", "{{ item }}"))))
                .after(startedWith(FOUR)))
        .when(attempt(1).of("each/0/x").succeeds("ok"))
        .sendsContext("{\"item\":[\"d\"]}");
  }

  @Test
  void the_last_round_ends_the_step_whose_output_is_in_the_order_of_the_items() {
    given(iterating(each()).after(ok(1), ok(2), ok(3)))
        .when(ok(0))
        .then(
            completed("each/0/call", "ok0"),
            scopeEnded("each/0"),
            iterated("each", 4, 0, "call"),
            requested("after"))
        .sendsContext(
            "{\"steps\":{\"each\":{\"output\":"
                + "{\"items\":[\"ok0\",\"ok1\",\"ok2\",\"ok3\"],\"failed\":0}}}}");
  }

  @Test
  void no_items_end_the_step_at_once() {
    given(notStarted(each(), AFTER))
        .when(startedWith(Map.of("list", List.of())).at("10:00:00"))
        .then(
            executionStartedWith(Map.of("list", List.of())),
            itemsFound("each", 0, List.of()),
            iterated("each", 0, 0, "call"),
            requested("after"),
            wakeUp("11:00:00"))
        .sendsContext("{\"steps\":{\"each\":{\"output\":{\"items\":[],\"failed\":0}}}}");
  }

  @Test
  void the_number_of_failures_alone_is_sent_without_the_items() {
    given(
            notStarted(
                    tolerating(foreach("each", "input.list", 4, enrich("call")), 1),
                    tell("after", "{{ steps.each.output.failed }}"))
                .after(startedWith(FOUR), ok(0), ok(1), ok(2)))
        .when(boom(3))
        .sendsContext("{\"steps\":{\"each\":{\"output\":{\"failed\":1}}}}");
  }

  @Test
  void a_failure_within_the_tolerated_share_leaves_null_in_its_place() {
    given(iterating(tolerating(each(), 0.25)).after(ok(1), ok(2), ok(3)))
        .when(boom(0))
        .then(
            attemptFailed("each/0/call", 1, RUNTIME, "boom"),
            scopeFailed("each/0", RUNTIME, "boom"),
            iterated("each", 4, 1, "call"),
            requested("after"))
        .sendsContext(
            "{\"steps\":{\"each\":{\"output\":"
                + "{\"items\":[null,\"ok1\",\"ok2\",\"ok3\"],\"failed\":1}}}}");
  }

  @Test
  void a_tolerated_failure_begins_the_next_round() {
    given(iterating(tolerating(each(), 0.25)))
        .when(boom(0))
        .then(
            attemptFailed("each/0/call", 1, RUNTIME, "boom"),
            scopeFailed("each/0", RUNTIME, "boom"),
            itemsStarted("each", 2, 3),
            requested("each/2/call"));
  }

  @Test
  void one_failure_more_than_tolerated_is_the_steps_that_failed() {
    given(iterating(tolerating(each(), 0.25)).after(boom(0)))
        .when(boom(1))
        .then(
            attemptFailed("each/1/call", 1, RUNTIME, "boom"),
            stepFailed("each/1/call", 1, RUNTIME, "boom"),
            suspendedBy("each/1/call", RUNTIME, "boom"))
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void while_a_step_inside_is_dead_no_round_begins() {
    given(iterating(each()).after(boom(0)))
        .when(ok(1))
        .then(completed("each/1/call", "ok1"), scopeEnded("each/1"))
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void its_replay_lets_rounds_begin_again() {
    given(iterating(each()).after(boom(0), ok(1)))
        .when(operator(Control.Verb.REPLAY))
        .then(
            reopened("each/0/call", 2),
            requested("each/0/call").attempt(2),
            itemsStarted("each", 2, 3),
            requested("each/2/call"));
  }

  @Test
  void the_catch_of_the_step_takes_the_failure_of_a_round_and_drops_the_others() {
    given(iterating(caught(each(), toOutput("{{ error.message }}"))).after(ok(0)))
        .when(boom(2))
        .then(
            attemptFailed("each/2/call", 1, RUNTIME, "boom"),
            scopesCancelled("each/1", "each/2"),
            errorOfCaught("each/2/call", "each", 0, RUNTIME, "boom"),
            completedWith("each", "boom"),
            requested("after"));
  }

  @Test
  void a_late_outcome_of_a_round_that_was_dropped_is_ignored() {
    given(iterating(caught(each(), toOutput("x"))).after(boom(0)))
        .when(ok(1))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "each/1/call#1.1.1"));
  }

  @Test
  void items_that_are_no_list_fail_the_step_itself() {
    given(notStarted(each(), AFTER))
        .when(startedWith(Map.of("list", "a, b")))
        .then(
            executionStartedWith(Map.of("list", "a, b")),
            stepFailed("each", 1, EXPRESSION, "items: input.list gives no list"),
            suspendedBy("each", EXPRESSION, "items: input.list gives no list"))
        .sends()
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void items_that_are_no_list_can_be_caught() {
    given(notStarted(caught(each(), toOutput("none")), AFTER))
        .when(startedWith(Map.of("list", 7)).at("10:00:00"))
        .then(
            executionStartedWith(Map.of("list", 7)),
            errorCaught("each", 0, EXPRESSION, "items: input.list gives no list"),
            completedWith("each", "none"),
            requested("after"),
            wakeUp("11:00:00"));
  }

  @Test
  void while_paused_rounds_begin_and_are_held() {
    given(iterating(each()).after(operator(Control.Verb.PAUSE)))
        .when(ok(0))
        .then(
            completed("each/0/call", "ok0"),
            scopeEnded("each/0"),
            itemsStarted("each", 2, 3),
            held("each/2/call"))
        .status(ExecutionStatus.PAUSED);
  }

  @Test
  void a_round_number_that_never_began_expects_nothing() {
    given(iterating(each()))
        .when(ok(3))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "each/3/call#1.1.1"));
  }
}
