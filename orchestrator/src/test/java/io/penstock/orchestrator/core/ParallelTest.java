package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.call;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toAction;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.branchesStarted;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorCaught;
import static io.penstock.orchestrator.core.ExpectedFact.errorOfCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionStarted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.handled;
import static io.penstock.orchestrator.core.ExpectedFact.joined;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.scopeEnded;
import static io.penstock.orchestrator.core.ExpectedFact.scopeFailed;
import static io.penstock.orchestrator.core.ExpectedFact.scopesCancelled;
import static io.penstock.orchestrator.core.ExpectedFact.scopesLeft;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.ExpectedFact.wakeUp;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.started;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.QUOTA;
import static io.penstock.schema.message.ErrorType.RUNTIME;

import io.penstock.schema.definition.Action.Losers;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.IgnoredReason;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Branches at the same time: how they begin, are joined, and what becomes of failures in them. */
class ParallelTest {
  private static final Step AFTER = tell("after", "{{ steps.lookup.output }}");

  /** Of three branches, of which the second has two steps. */
  private static Step lookUp(int needed, Losers losers) {
    return parallel(
        "lookup",
        needed,
        losers,
        lane("company", enrich("size")),
        lane("person", enrich("name"), enrich("age", "{{ steps.name.output }}")),
        lane("news", enrich("latest")));
  }

  private static Step lookUp() {
    return lookUp(3, Losers.CANCEL);
  }

  @Test
  void all_branches_begin_at_once() {
    given(notStarted(lookUp(), AFTER))
        .when(started().at("10:00:00"))
        .then(
            executionStarted(),
            branchesStarted("lookup", "company", "person", "news"),
            requested("lookup/company/size"),
            requested("lookup/person/name"),
            requested("lookup/news/latest"),
            wakeUp("11:00:00"))
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void a_branch_goes_its_own_pace_and_sees_its_own_steps() {
    given(anExecution(lookUp(), AFTER))
        .when(attempt(1).of("lookup/person/name").succeeds("Ada"))
        .then(completed("lookup/person/name", "Ada"), requested("lookup/person/age"))
        .sendsContext("{\"steps\":{\"name\":{\"output\":\"Ada\"}}}");
  }

  @Test
  void a_branch_that_ends_waits_for_the_others() {
    given(anExecution(lookUp(), AFTER))
        .when(attempt(1).of("lookup/company/size").succeeds(7))
        .then(completed("lookup/company/size", 7), scopeEnded("lookup/company"))
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void the_last_branch_ends_the_step_whose_output_has_a_member_for_each() {
    given(
            anExecution(lookUp(), AFTER)
                .after(
                    attempt(1).of("lookup/news/latest").succeeds("none"),
                    attempt(1).of("lookup/person/name").succeeds("Ada"),
                    attempt(1).of("lookup/person/age").succeeds(36)))
        .when(attempt(1).of("lookup/company/size").succeeds(7))
        .then(
            completed("lookup/company/size", 7),
            scopeEnded("lookup/company"),
            joined("lookup", "company/size", "person/age", "news/latest"),
            requested("after"))
        .sendsContext(
            "{\"steps\":{\"lookup\":{\"output\":"
                + "{\"company\":7,\"person\":36,\"news\":\"none\"}}}}");
  }

  @Test
  void a_single_branch_of_the_output_can_be_named() {
    given(
            anExecution(
                    parallel("p", lane("a", enrich("x")), lane("b", enrich("y"))),
                    tell("after", "{{ steps.p.output.a.size }}"))
                .after(attempt(1).of("p/b/y").succeeds("not read")))
        .when(attempt(1).of("p/a/x").succeeds(Map.of("size", 7)))
        .sendsContext("{\"steps\":{\"p\":{\"output\":{\"a\":{\"size\":7}}}}}");
  }

  @Test
  void with_any_the_first_branch_ends_the_step_and_the_others_are_dropped() {
    given(anExecution(lookUp(1, Losers.CANCEL), AFTER))
        .when(attempt(1).of("lookup/news/latest").succeeds("none"))
        .then(
            completed("lookup/news/latest", "none"),
            scopeEnded("lookup/news"),
            scopesCancelled("lookup/company", "lookup/person"),
            joined("lookup", "news/latest"),
            requested("after"));
  }

  @Test
  void a_late_outcome_of_a_branch_that_was_dropped_is_ignored() {
    given(
            anExecution(lookUp(1, Losers.CANCEL), AFTER)
                .after(attempt(1).of("lookup/news/latest").succeeds("none")))
        .when(attempt(1).of("lookup/company/size").succeeds(7))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "lookup/company/size#1.1.1"));
  }

  @Test
  void a_number_of_branches_is_waited_for() {
    given(
            anExecution(lookUp(2, Losers.CANCEL), AFTER)
                .after(attempt(1).of("lookup/news/latest").succeeds("none")))
        .when(attempt(1).of("lookup/company/size").succeeds(7))
        .then(
            completed("lookup/company/size", 7),
            scopeEnded("lookup/company"),
            scopesCancelled("lookup/person"),
            joined("lookup", "company/size", "news/latest"),
            requested("after"));
  }

  @Test
  void losers_that_may_finish_go_on_beside_the_steps_behind() {
    given(
            anExecution(lookUp(1, Losers.FINISH), AFTER)
                .after(attempt(1).of("lookup/news/latest").succeeds("none")))
        .when(attempt(1).of("lookup/person/name").succeeds("Ada"))
        .then(completed("lookup/person/name", "Ada"), requested("lookup/person/age"));
  }

  @Test
  void the_execution_ends_after_its_last_loser() {
    Scenario.AnExecution through =
        anExecution(lookUp(1, Losers.FINISH), AFTER)
            .after(
                attempt(1).of("lookup/news/latest").succeeds("none"),
                attempt(1).of("lookup/company/size").succeeds(7),
                attempt(1).of("lookup/person/name").succeeds("Ada"));
    given(through)
        .when(attempt(1).of("after").succeeds("told"))
        .then(completed("after", "told"))
        .status(ExecutionStatus.RUNNING);
    given(through)
        .when(attempt(1).of("lookup/person/age").succeeds(36))
        .then(
            completed("lookup/person/age", 36),
            scopeEnded("lookup/person"),
            executionCompleted(),
            forgotten());
  }

  @Test
  void losers_that_may_finish_are_left_when_the_step_ends() {
    given(anExecution(lookUp(1, Losers.FINISH), AFTER))
        .when(attempt(1).of("lookup/news/latest").succeeds("none"))
        .then(
            completed("lookup/news/latest", "none"),
            scopeEnded("lookup/news"),
            scopesLeft("lookup/company", "lookup/person"),
            joined("lookup", "news/latest"),
            requested("after"));
  }

  @Test
  void a_loser_that_fails_just_ends() {
    given(
            anExecution(lookUp(1, Losers.FINISH), AFTER)
                .after(
                    attempt(1).of("lookup/news/latest").succeeds("none"),
                    attempt(1).of("lookup/company/size").succeeds(7),
                    attempt(1).of("after").succeeds("told")))
        .when(attempt(1).of("lookup/person/name").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("lookup/person/name", 1, RUNTIME, "boom"),
            scopeFailed("lookup/person", RUNTIME, "boom"),
            executionCompleted(),
            forgotten());
  }

  @Test
  void a_failure_is_put_up_with_while_enough_branches_are_left() {
    given(anExecution(lookUp(2, Losers.CANCEL), AFTER))
        .when(attempt(1).of("lookup/person/name").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("lookup/person/name", 1, RUNTIME, "boom"),
            scopeFailed("lookup/person", RUNTIME, "boom"))
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void a_failure_that_leaves_too_few_is_the_steps_that_failed_and_the_others_go_on() {
    given(
            anExecution(lookUp(2, Losers.CANCEL), AFTER)
                .after(attempt(1).of("lookup/person/name").fails(RUNTIME, "boom")))
        .when(attempt(1).of("lookup/news/latest").fails(RUNTIME, "bang"))
        .then(
            attemptFailed("lookup/news/latest", 1, RUNTIME, "bang"),
            stepFailed("lookup/news/latest", 1, RUNTIME, "bang"),
            suspendedBy("lookup/news/latest", RUNTIME, "bang"))
        .leavesDeadLetter("lookup/news/latest#1.1.1 runtime")
        .status(ExecutionStatus.RUNNING);
  }

  @Test
  void once_the_others_are_through_it_waits_for_the_replay() {
    given(
            anExecution(parallel("p", lane("a", enrich("x")), lane("b", enrich("y"))), AFTER)
                .after(attempt(1).of("p/a/x").fails(RUNTIME, "boom")))
        .when(attempt(1).of("p/b/y").succeeds("ok"))
        .then(completed("p/b/y", "ok"), scopeEnded("p/b"))
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void a_replay_reopens_the_dead_step_and_nothing_else() {
    given(
            anExecution(lookUp(), AFTER)
                .after(attempt(1).of("lookup/company/size").fails(RUNTIME, "boom")))
        .when(operator(Control.Verb.REPLAY))
        .then(reopened("lookup/company/size", 2), requested("lookup/company/size").attempt(2));
  }

  @Test
  void the_catch_of_the_step_takes_what_its_branches_did_not_and_drops_them() {
    given(anExecution(caught(lookUp(), toOutput("{{ error.message }}")), AFTER))
        .when(attempt(1).of("lookup/person/name").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("lookup/person/name", 1, RUNTIME, "boom"),
            scopesCancelled("lookup/company", "lookup/person", "lookup/news"),
            errorOfCaught("lookup/person/name", "lookup", 0, RUNTIME, "boom"),
            completedWith("lookup", "boom"),
            requested("after"));
  }

  @Test
  void a_catch_for_other_errors_leaves_the_branches_alone() {
    given(anExecution(caught(lookUp(), toOutput("x", QUOTA)), AFTER))
        .when(attempt(1).of("lookup/person/name").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("lookup/person/name", 1, RUNTIME, "boom"),
            stepFailed("lookup/person/name", 1, RUNTIME, "boom"),
            suspendedBy("lookup/person/name", RUNTIME, "boom"));
  }

  @Test
  void a_catch_inside_a_branch_comes_first() {
    given(
            anExecution(
                caught(
                    parallel(
                        "p",
                        lane("a", caught(enrich("x"), toOutput("inner"))),
                        lane("b", enrich("y"))),
                    toOutput("outer")),
                AFTER))
        .when(attempt(1).of("p/a/x").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("p/a/x", 1, RUNTIME, "boom"),
            errorCaught("p/a/x", 0, RUNTIME, "boom"),
            completedWith("p/a/x", "inner"),
            scopeEnded("p/a"));
  }

  @Test
  void what_the_fallback_of_a_branch_fails_of_is_taken_by_the_catch_around() {
    given(
            anExecution(
                    caught(
                        parallel(
                            "p",
                            lane("a", caught(enrich("x"), toAction(call("plan b")))),
                            lane("b", enrich("y"))),
                        toOutput("outer")),
                    AFTER)
                .after(attempt(1).of("p/a/x").fails(RUNTIME, "boom")))
        .when(attempt(1).of("p/a/x/catch0/fallback").fails(RUNTIME, "bang"))
        .then(
            attemptFailed("p/a/x/catch0/fallback", 1, RUNTIME, "bang"),
            scopesCancelled("p/a", "p/b"),
            errorOfCaught(
                "p/a/x/catch0/fallback",
                "p",
                0,
                RUNTIME,
                "bang",
                handled("p/a/x", RUNTIME, "boom")),
            completedWith("p", "outer"),
            requested("after"));
  }

  @Test
  void the_fallback_action_of_the_step_that_fails_goes_further_up() {
    given(
            anExecution(caught(lookUp(), toAction(call("plan b"))), AFTER)
                .after(attempt(1).of("lookup/person/name").fails(RUNTIME, "boom")))
        .when(attempt(1).of("lookup/catch0/fallback").fails(RUNTIME, "bang"))
        .then(
            attemptFailed("lookup/catch0/fallback", 1, RUNTIME, "bang"),
            stepFailed("lookup/catch0/fallback", 1, RUNTIME, "bang"),
            suspendedBy("lookup/catch0/fallback", RUNTIME, "bang"));
  }

  @Test
  void an_outcome_for_the_parallel_itself_is_not_expected() {
    given(anExecution(lookUp(), AFTER))
        .when(attempt(1).of("lookup").succeeds("made up"))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "lookup#1.1.1"));
  }
}
