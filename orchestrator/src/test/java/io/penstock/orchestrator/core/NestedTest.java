package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.calling;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.otherwise;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.route;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toOutput;
import static io.penstock.orchestrator.core.Defined.tolerating;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.branchesStarted;
import static io.penstock.orchestrator.core.ExpectedFact.cancelled;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.completedWith;
import static io.penstock.orchestrator.core.ExpectedFact.errorOfCaught;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.executionFailed;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.itemsFound;
import static io.penstock.orchestrator.core.ExpectedFact.itemsStarted;
import static io.penstock.orchestrator.core.ExpectedFact.iterated;
import static io.penstock.orchestrator.core.ExpectedFact.joined;
import static io.penstock.orchestrator.core.ExpectedFact.keptFor;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.resumed;
import static io.penstock.orchestrator.core.ExpectedFact.routeCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.scopeEnded;
import static io.penstock.orchestrator.core.ExpectedFact.scopeFailed;
import static io.penstock.orchestrator.core.ExpectedFact.scopesCancelled;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.replayOf;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.orchestrator.core.Scenario.notStarted;
import static io.penstock.schema.message.ErrorType.QUOTA;
import static io.penstock.schema.message.ErrorType.RUNTIME;

import io.penstock.schema.definition.Action.Losers;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Parallels and foreaches in each other and in routes. */
class NestedTest {
  private static final Object TWO_LISTS = Map.of("lists", List.of(List.of("a", "b"), List.of("c")));

  /** A foreach in a branch of a parallel in a route in a foreach. */
  private static Step deep() {
    return calling(
        "group",
        foreach(
            "outer",
            "input.lists",
            1,
            route(
                "choose",
                otherwise(
                    parallel(
                        "both",
                        lane("items", foreach("inner", "group", 5, enrich("call", "{{ item }}"))),
                        lane("whole", tell("sum", "{{ [group, index] }}")))))));
  }

  private static final String BOTH = "outer/0/choose/0/both";

  @Test
  void an_inner_foreach_goes_over_the_item_of_the_outer_one() {
    given(notStarted(deep()).after(startedWith(TWO_LISTS)))
        .when(attempt(1).of("outer/0/choose").takesBranch(0))
        .then(
            ExpectedFact.branchTaken("outer/0/choose", 0, "otherwise"),
            branchesStarted(BOTH, "items", "whole"),
            itemsFound(BOTH + "/items/inner", 2, List.of("a", "b")),
            itemsStarted(BOTH + "/items/inner", 0, 2),
            requested(BOTH + "/items/inner/0/call"),
            requested(BOTH + "/items/inner/1/call"),
            requested(BOTH + "/whole/sum"));
  }

  @Test
  void the_end_of_the_innermost_ends_all_around_and_begins_the_next_round() {
    given(
            notStarted(deep())
                .after(
                    startedWith(TWO_LISTS),
                    attempt(1).of("outer/0/choose").takesBranch(0),
                    attempt(1).of(BOTH + "/whole/sum").succeeds("s"),
                    attempt(1).of(BOTH + "/items/inner/1/call").succeeds("B")))
        .when(attempt(1).of(BOTH + "/items/inner/0/call").succeeds("A"))
        .then(
            completed(BOTH + "/items/inner/0/call", "A"),
            scopeEnded(BOTH + "/items/inner/0"),
            iterated(BOTH + "/items/inner", 2, 0, "call"),
            scopeEnded(BOTH + "/items"),
            joined(BOTH, "items/inner", "whole/sum"),
            routeCompleted("outer/0/choose", 0, "otherwise", BOTH),
            scopeEnded("outer/0"),
            itemsStarted("outer", 1, 2),
            requested("outer/1/choose"));
  }

  @Test
  void outputs_of_all_depths_are_put_together() {
    Scenario.AnExecution execution =
        notStarted(
                calling(
                    "group",
                    foreach(
                        "outer",
                        "input.lists",
                        1,
                        parallel(
                            "both",
                            lane("items", foreach("inner", "group", 5, enrich("call"))),
                            lane("one", enrich("x"))))),
                tell("after", "{{ steps.outer.output.items }}"))
            .after(
                startedWith(Map.of("lists", List.of(List.of("a", "b")))),
                attempt(1).of("outer/0/both/items/inner/1/call").succeeds("B"),
                attempt(1).of("outer/0/both/items/inner/0/call").succeeds("A"));
    given(execution)
        .when(attempt(1).of("outer/0/both/one/x").succeeds(1))
        .sendsContext(
            "{\"steps\":{\"outer\":{\"output\":{\"items\":"
                + "[{\"items\":{\"items\":[\"A\",\"B\"],\"failed\":0},\"one\":1}]}}}}");
  }

  /** Three items at a time, each a parallel of two calls. */
  private static Step pairs() {
    return foreach(
        "each", "input.list", 2, parallel("pair", lane("l", enrich("x")), lane("r", enrich("y"))));
  }

  private static final Object THREE = Map.of("list", List.of(1, 2, 3));

  @Test
  void a_failure_that_a_round_may_have_takes_the_rest_of_the_round_with_it() {
    given(notStarted(tolerating(pairs(), 0.5)).after(startedWith(THREE)))
        .when(attempt(1).of("each/0/pair/l/x").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("each/0/pair/l/x", 1, RUNTIME, "boom"),
            scopeFailed("each/0", RUNTIME, "boom"),
            itemsStarted("each", 2, 3),
            branchesStarted("each/2/pair", "l", "r"),
            requested("each/2/pair/l/x"),
            requested("each/2/pair/r/y"));
  }

  @Test
  void a_dead_step_two_levels_down_keeps_rounds_from_beginning_until_it_is_replayed() {
    Scenario.AnExecution dead =
        notStarted(pairs())
            .after(
                startedWith(THREE),
                attempt(1).of("each/0/pair/l/x").fails(RUNTIME, "boom"),
                attempt(1).of("each/1/pair/l/x").succeeds("ok"));
    given(dead)
        .when(attempt(1).of("each/1/pair/r/y").succeeds("ok"))
        .then(
            completed("each/1/pair/r/y", "ok"),
            scopeEnded("each/1/pair/r"),
            joined("each/1/pair", "l/x", "r/y"),
            scopeEnded("each/1"));
    given(dead)
        .when(replayOf("each/0/pair/l/x"))
        .then(
            reopened("each/0/pair/l/x", 2),
            requested("each/0/pair/l/x").attempt(2),
            itemsStarted("each", 2, 3),
            branchesStarted("each/2/pair", "l", "r"),
            requested("each/2/pair/l/x"),
            requested("each/2/pair/r/y"));
  }

  @Test
  void a_catch_around_drops_what_is_dead_inside_too() {
    Step pairs =
        foreach(
            "each",
            "input.list",
            1,
            caught(
                parallel("pair", lane("l", enrich("x")), lane("r", enrich("y"))),
                toOutput("none", RUNTIME)));
    given(
            notStarted(pairs)
                .after(
                    startedWith(THREE),
                    attempt(1).of("each/0/pair/l/x").fails(QUOTA, "not caught")))
        .when(attempt(1).of("each/0/pair/r/y").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("each/0/pair/r/y", 1, RUNTIME, "boom"),
            scopesCancelled("each/0/pair/l", "each/0/pair/r"),
            errorOfCaught("each/0/pair/r/y", "each/0/pair", 0, RUNTIME, "boom"),
            completedWith("each/0/pair", "none"),
            scopeEnded("each/0"),
            itemsStarted("each", 1, 2),
            branchesStarted("each/1/pair", "l", "r"),
            requested("each/1/pair/l/x"),
            requested("each/1/pair/r/y"));
  }

  @Test
  void a_branch_that_was_left_outlives_the_round_it_stands_in() {
    Step first =
        foreach(
            "each",
            "input.list",
            2,
            parallel("race", 1, Losers.FINISH, lane("l", enrich("x")), lane("r", enrich("y"))));
    Scenario.AnExecution through =
        notStarted(first)
            .after(
                startedWith(Map.of("list", List.of(1))),
                attempt(1).of("each/0/race/l/x").succeeds("ok"));
    given(through)
        .when(attempt(1).of("each/0/race/r/y").succeeds("late"))
        .then(
            completed("each/0/race/r/y", "late"),
            scopeEnded("each/0/race/r"),
            executionCompleted(),
            forgotten());
  }

  /** In {@code all}, which catches: a race whose loser goes on, beside a step that may fail. */
  private static Scenario.AnExecution caughtAroundLosers(Step... behindTheRace) {
    Step race = parallel("race", 1, Losers.FINISH, lane("l", enrich("x")), lane("r", enrich("y")));
    Step[] first =
        Stream.concat(Stream.of(race), Arrays.stream(behindTheRace)).toArray(Step[]::new);
    return anExecution(
            caught(
                parallel("all", lane("a", first), lane("b", enrich("z"))),
                toOutput("plan b", RUNTIME)),
            enrich("after"))
        .after(attempt(1).of("all/a/race/l/x").succeeds("ok"));
  }

  @Test
  void a_catch_drops_the_losers_of_a_branch_that_is_at_work() {
    given(caughtAroundLosers(enrich("more")))
        .when(attempt(1).of("all/b/z").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("all/b/z", 1, RUNTIME, "boom"),
            scopesCancelled("all/a", "all/b"),
            errorOfCaught("all/b/z", "all", 0, RUNTIME, "boom"),
            completedWith("all", "plan b"),
            requested("after"));
  }

  @Test
  void a_catch_drops_the_losers_of_a_branch_that_has_ended() {
    Scenario.AnExecution execution = caughtAroundLosers();
    given(execution)
        .when(attempt(1).of("all/b/z").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("all/b/z", 1, RUNTIME, "boom"),
            scopesCancelled("all/a", "all/b"),
            errorOfCaught("all/b/z", "all", 0, RUNTIME, "boom"),
            completedWith("all", "plan b"),
            requested("after"));
    given(execution)
        .when(attempt(1).of("all/a/race/r/y").succeeds("late"))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "all/a/race/r/y#1.1.1"));
  }

  @Test
  void a_failure_that_ends_the_execution_leaves_the_others_as_they_are() {
    Scenario.AnExecution execution =
        Scenario.notStarted(Defined.failing(Defined.workflow(pairs()))).after(startedWith(THREE));
    given(execution)
        .when(attempt(1).of("each/0/pair/l/x").fails(RUNTIME, "boom"))
        .then(
            attemptFailed("each/0/pair/l/x", 1, RUNTIME, "boom"),
            stepFailed("each/0/pair/l/x", 1, RUNTIME, "boom"),
            executionFailed("each/0/pair/l/x", RUNTIME, "boom"),
            keptFor(Duration.ofDays(30)));
  }

  @Test
  void a_pause_and_a_resume_in_the_middle_lose_nothing() {
    given(
            notStarted(pairs())
                .after(
                    startedWith(THREE),
                    operator(Control.Verb.PAUSE),
                    attempt(1).of("each/0/pair/l/x").succeeds("ok"),
                    attempt(1).of("each/0/pair/r/y").succeeds("ok")))
        .when(operator(Control.Verb.RESUME))
        .then(resumed(), requested("each/2/pair/l/x"), requested("each/2/pair/r/y"));
  }

  @Test
  void a_cancel_in_the_middle_ends_it_all() {
    given(notStarted(pairs()).after(startedWith(THREE)))
        .when(operator(Control.Verb.CANCEL))
        .then(cancelled(), forgotten());
  }
}
