package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.branch;
import static io.penstock.orchestrator.core.Defined.call;
import static io.penstock.orchestrator.core.Defined.caught;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.inChunksOf;
import static io.penstock.orchestrator.core.Defined.inVersion;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.otherwise;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Defined.retriedAfter;
import static io.penstock.orchestrator.core.Defined.route;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.Defined.toAction;
import static io.penstock.orchestrator.core.Defined.undone;
import static io.penstock.orchestrator.core.Defined.workflow;
import static io.penstock.orchestrator.core.ExpectedFact.moved;
import static io.penstock.orchestrator.core.ExpectedFact.notApplicable;
import static io.penstock.orchestrator.core.ExpectedFact.reopened;
import static io.penstock.orchestrator.core.ExpectedFact.reopenedEdited;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.replayEdited;
import static io.penstock.orchestrator.core.Happening.replayOfWith;
import static io.penstock.orchestrator.core.Happening.replayWith;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;
import static io.penstock.schema.message.Control.Verb.REPLAY;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepRequested;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator replays a dead letter with another version of the workflow. */
class ReplayMovedTest {
  private static final String NEW = "1.0.1";
  private static final Step FIRST = enrich("first");
  private static final Step BROKEN = enrich("company", "{{ steps.first.output.nmae }}");
  private static final Step FIXED = enrich("company", "{{ steps.first.output.name }}");
  private static final Step LAST = tell("last", "x");

  /** The second of three steps. */
  private static Scenario.AnExecution dead(Step... fixed) {
    return anExecution(FIRST, BROKEN, LAST)
        .knowing(inVersion(NEW, workflow(fixed)))
        .after(
            attempt(1).of("first").succeeds(Map.of("name", "Ada & Co")),
            attempt(1).of("company").fails(RUNTIME, "boom"));
  }

  @Test
  void the_failed_step_is_tried_again_as_the_new_version_has_it_and_finished_ones_are_kept() {
    Scenario.Then then =
        given(dead(FIRST, FIXED, LAST))
            .when(replayWith(NEW))
            .sends("company#2.1.1")
            .sendsContext("{\"steps\":{\"first\":{\"output\":{\"name\":\"Ada & Co\"}}}}")
            .status(ExecutionStatus.RUNNING);
    assertThat(then.result().facts().subList(0, 2))
        .containsExactlyElementsOf(facts(then, moved(NEW), reopened("company", 2, 1)));
    assertThat(command(then).version()).isEqualTo(NEW);
    assertThat(then.execution().pieces().control().orElseThrow().version()).isEqualTo(NEW);
  }

  @Test
  void the_steps_behind_are_those_of_the_new_version() {
    Scenario.Then then =
        given(dead(FIRST, FIXED, tell("other", "x")).after(replayWith(NEW)))
            .when(attempt(1).generation(2).of("company").succeeds("ok"))
            .sends("other#1.1.1");
    assertThat(command(then).version()).isEqualTo(NEW);
  }

  @Test
  void with_a_patch_as_well_both_count_once() {
    String patch = "[{'op':'replace','path':'/steps/first/output/name','value':'Bo'}]";
    Scenario.Then then =
        given(dead(FIRST, FIXED, LAST))
            .when(replayWith(NEW, patch))
            .sends("company#2.1.1")
            .sendsContext("{\"steps\":{\"first\":{\"output\":{\"name\":\"Bo\"}}}}");
    assertThat(then.result().facts().subList(0, 2))
        .containsExactlyElementsOf(facts(then, moved(NEW), reopenedEdited("company", 2, patch)));
  }

  @Test
  void a_patch_that_does_not_fit_the_new_version_moves_nothing() {
    Scenario.Then then =
        given(dead(FIRST, FIXED, LAST))
            .when(replayWith(NEW, "[{'op':'remove','path':'/steps/first/output/nmae'}]"))
            .then(
                notApplicable(
                    "replay c-1",
                    "the patch does not fit what step 'company' is sent: operation 0 (remove /steps/first/output/nmae): nothing stands there"))
            .sends();
    assertThat(then.execution().pieces().control().orElseThrow().version())
        .isEqualTo(Defined.VERSION);
  }

  @Test
  void edits_of_before_are_gone_with_the_version_they_were_made_for() {
    String patch = "[{'op':'add','path':'/edited','value':true}]";
    given(
            dead(FIRST, FIXED, LAST)
                .after(
                    replayEdited(patch),
                    attempt(1).generation(2).of("company").fails(RUNTIME, "x")))
        .when(replayWith(NEW))
        .sends("company#3.1.1")
        .sendsContext("{\"steps\":{\"first\":{\"output\":{\"name\":\"Ada & Co\"}}}}");
  }

  @Test
  void the_version_it_has_already_is_a_plain_replay() {
    given(dead(FIRST, FIXED, LAST))
        .when(replayWith(Defined.VERSION))
        .then(reopened("company", 2), requested("company").attempt(2));
  }

  @Test
  void a_version_that_nobody_has_applied_is_refused() {
    given(dead(FIRST, FIXED, LAST))
        .when(replayWith("9.9.9"))
        .then(notApplicable("replay c-1", "workflow 'leads' has no version 9.9.9 here"))
        .status(ExecutionStatus.SUSPENDED);
  }

  @Test
  void pressed_twice_it_moves_once() {
    given(dead(FIRST, FIXED, LAST).after(replayWith(NEW)))
        .when(replayWith(NEW))
        .then(notApplicable("replay c-1", "no step of it is dead"));
  }

  /** What stands differently where the execution has been already. */
  static Stream<Arguments> otherVersions() {
    return Stream.of(
        refused("the failed step is gone", FIRST, LAST),
        refused("of another kind", FIRST, tell("company", "x"), LAST),
        refused("a finished step is gone", FIXED, LAST),
        refused("a finished step is of another kind", tell("first", "x"), FIXED, LAST),
        refused("a step that never ran stands before", FIRST, enrich("new"), FIXED, LAST),
        refused("in another order", enrich("company"), FIRST, LAST),
        refused("nothing of it is left", enrich("other")));
  }

  private static Arguments refused(String name, Step... steps) {
    return Arguments.of(name, List.of(steps));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherVersions")
  void a_version_in_which_it_could_not_stand_where_it_stands_is_refused(
      String name, List<Step> steps) {
    Scenario.Then then =
        given(dead(steps.toArray(Step[]::new)))
            .when(replayWith(NEW))
            .sends()
            .status(ExecutionStatus.SUSPENDED);
    assertThat(why(then))
        .startsWith("up to step 'company' version 1.0.0 has [first enrich, company enrich], ");
  }

  @Test
  void other_branches_of_a_fan_out_are_kept_and_their_retries_are_other_calls() {
    Step both =
        parallel(
            "both",
            lane("a", enrich("x")),
            lane("b", retriedAfter(enrich("y"), Duration.ofMinutes(9))),
            lane("c", enrich("z")));
    Scenario.AnExecution execution =
        anExecution(both)
            .knowing(inVersion(NEW, workflow(both)))
            .after(
                attempt(1).of("both/c/z").succeeds("kept"),
                attempt(1).of("both/b/y").failsTransiently("503"),
                attempt(1).of("both/a/x").fails(RUNTIME, "boom"));
    given(execution).when(replayWith(NEW)).sends("both/a/x#2.1.1");
    given(execution).when(timerFires().at("10:30:00")).sends("both/b/y#2.2.1");
    given(execution.after(attempt(2).generation(2).of("both/b/y").succeeds("b")))
        .when(attempt(1).generation(2).of("both/a/x").succeeds("a"))
        .status(ExecutionStatus.COMPLETED);
  }

  @Test
  void while_a_command_of_the_old_version_is_out_it_is_refused() {
    Step both = parallel("both", lane("a", enrich("x")), lane("b", enrich("y")));
    given(
            anExecution(both)
                .knowing(inVersion(NEW, workflow(both)))
                .after(attempt(1).of("both/a/x").fails(RUNTIME, "boom")))
        .when(replayWith(NEW))
        .then(
            notApplicable(
                "replay c-1", "1 of its steps are with workers: wait for their outcomes"));
  }

  @Test
  void a_dead_step_that_is_not_replayed_moves_too() {
    Step both = parallel("both", lane("a", enrich("x")), lane("b", enrich("y")));
    Scenario.AnExecution execution =
        anExecution(both)
            .knowing(inVersion(NEW, workflow(both)))
            .after(
                attempt(1).of("both/a/x").fails(RUNTIME, "boom"),
                attempt(1).of("both/b/y").fails(RUNTIME, "boom"),
                replayOfWith("both/a/x", NEW));
    given(execution).when(operator(REPLAY)).sends("both/b/y#2.2.1");
  }

  /** A parallel in which one branch has ended and one is dead. */
  static Stream<Arguments> otherForks() {
    return Stream.of(
        refused("one branch more", parallel("both", A, B, lane("c", enrich("z")))),
        refused("one branch less", parallel("both", A)),
        refused("another join", parallel("both", 1, Action.Losers.CANCEL, A, B)),
        refused("an ended branch does more", parallel("both", A, lane("b", enrich("y"), LAST))),
        refused("another kind of step", foreach("both", "[]", 1, enrich("x"))),
        refused("a route in its place", route("both", branch("a", "true", enrich("x")))),
        refused("a step of one call in its place", enrich("both")));
  }

  private static final Action.ParallelBranch A = lane("a", enrich("x"));
  private static final Action.ParallelBranch B = lane("b", enrich("y"));

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherForks")
  void a_fan_out_whose_branches_would_be_joined_otherwise_is_refused(
      String name, List<Step> steps) {
    Scenario.Then then =
        given(
                anExecution(parallel("both", A, B))
                    .knowing(inVersion(NEW, workflow(steps.toArray(Step[]::new))))
                    .after(
                        attempt(1).of("both/b/y").succeeds("kept"),
                        attempt(1).of("both/a/x").fails(RUNTIME, "boom")))
            .when(replayWith(NEW))
            .sends();
    assertThat(why(then)).contains("step 'both'");
  }

  @Test
  void a_branch_of_a_route_is_kept_by_its_name() {
    Step before = route("pipeline", branch("high", "true", enrich("x")), otherwise(enrich("y")));
    Step after =
        route(
            "pipeline",
            branch("new", "false", enrich("x")),
            branch("high", "true", enrich("x")),
            otherwise(enrich("y")));
    Scenario.Then then =
        given(
                anExecution(before)
                    .knowing(inVersion(NEW, workflow(after)))
                    .after(
                        attempt(1).of("pipeline").takesBranch(0),
                        attempt(1).of("pipeline/0/x").fails(RUNTIME, "boom")))
            .when(replayWith(NEW))
            .sends();
    assertThat(why(then)).startsWith("around 'pipeline/0' ").contains("high").contains("new");
  }

  @Test
  void a_branch_that_the_route_no_longer_has_is_refused() {
    Step before = route("pipeline", branch("low", "false", LAST), otherwise(enrich("x")));
    Scenario.Then then =
        given(
                anExecution(before)
                    .knowing(inVersion(NEW, workflow(route("pipeline", otherwise(enrich("x"))))))
                    .after(
                        attempt(1).of("pipeline").takesBranch(1),
                        attempt(1).of("pipeline/1/x").fails(RUNTIME, "boom")))
            .when(replayWith(NEW))
            .sends();
    assertThat(why(then)).startsWith("around 'pipeline/1' ").endsWith("has [nothing]");
  }

  @Test
  void a_fallback_goes_on_where_the_new_version_has_it_too() {
    Scenario.AnExecution execution =
        anExecution(caught(enrich("score"), toAction(call("x"))))
            .knowing(inVersion(NEW, workflow(caught(enrich("score"), toAction(call("y"))))))
            .knowing(inVersion("1.0.2", workflow(enrich("score"))))
            .after(
                attempt(1).of("score").fails(RUNTIME, "boom"),
                attempt(1).of("score/catch0/fallback").fails(RUNTIME, "bang"));
    assertThat(why(given(execution).when(replayWith("1.0.2")).sends()))
        .startsWith("around 'score/catch0' ");
    given(execution).when(replayWith(NEW)).sends("score/catch0/fallback#2.1.1");
  }

  @Test
  void rounds_of_a_foreach_are_kept_if_they_stay_the_same_rounds() {
    Step each = foreach("each", "[1,2,3]", 1, enrich("call"));
    Scenario.AnExecution execution =
        anExecution(each)
            .knowing(inVersion(NEW, workflow(foreach("each", "[7]", 2, enrich("call")))))
            .knowing(inVersion("1.0.2", workflow(inChunksOf(2, each))))
            .knowing(inVersion("1.0.3", workflow(foreach("each", "[1]", 1, enrich("call"), LAST))))
            .after(
                attempt(1).of("each/0/call").succeeds("kept"),
                attempt(1).of("each/1/call").fails(RUNTIME, "boom"));
    for (String other : List.of("1.0.2", "1.0.3")) {
      assertThat(why(given(execution).when(replayWith(other)).sends()))
          .startsWith("in step 'each' ");
    }
    given(execution).when(replayWith(NEW)).sends("each/1/call#2.1.1", "each/2/call#1.1.1");
  }

  @Test
  void a_foreach_that_found_no_items_finds_them_with_the_new_version() {
    given(
            anExecution(foreach("each", "input.email", 1, enrich("call")))
                .knowing(
                    inVersion(NEW, workflow(foreach("each", "[input.email]", 1, enrich("call"))))))
        .when(replayWith(NEW))
        .sends("each/0/call#1.1.1");
  }

  @Test
  void what_is_done_and_could_have_to_be_undone_must_be_found_where_it_was() {
    Step look = enrich("look");
    Step booked = parallel("both", lane("a", undone(enrich("book"))), lane("b", look));
    Step renamed = parallel("both", lane("a", undone(enrich("reserve"))), lane("b", look));
    Scenario.AnExecution dead =
        anExecution(booked, enrich("company"))
            .knowing(inVersion(NEW, workflow(renamed, enrich("company"))))
            .knowing(inVersion("1.0.2", workflow(booked, enrich("company"), LAST)))
            .after(
                attempt(1).of("both/a/book").succeeds("b7"),
                attempt(1).of("both/b/look").succeeds("ok"),
                attempt(1).of("company").fails(RUNTIME, "boom"));
    given(dead)
        .when(replayWith(NEW))
        .then(
            notApplicable(
                "replay c-1",
                "version 1.0.1 has no step 'both/a/book', which is done and could have to be undone"));
    given(dead).when(replayWith("1.0.2")).sends("company#2.1.1");
  }

  @Test
  void an_execution_whose_version_was_lost_begins_with_one_that_is_there() {
    PlayedExecution lost = new PlayedExecution(inVersion("0.9.0", workflow(FIRST)));
    Scenario.AnExecution execution =
        new Scenario.AnExecution(lost)
            .after(Happening.aBugIsMetBy(Happening.started()))
            .knowing(inVersion(NEW, workflow(FIRST)));
    given(execution).when(replayWith(NEW)).sends("first#1.1.1").status(ExecutionStatus.RUNNING);
  }

  @Test
  void an_execution_that_has_ended_is_refused() {
    Scenario.AnExecution execution =
        anExecution(Defined.failing(workflow(FIRST)))
            .knowing(inVersion(NEW, workflow(FIRST)))
            .after(attempt(1).of("first").fails(RUNTIME, "boom"));
    given(execution)
        .when(replayWith(NEW))
        .then(notApplicable("replay c-1", "the execution has ended: FAILED"));
  }

  @Test
  void a_version_that_ends_earlier_ends_it() {
    given(dead(FIRST, FIXED).after(replayWith(NEW)))
        .when(attempt(1).generation(2).of("company").succeeds("ok"))
        .status(ExecutionStatus.COMPLETED);
  }

  private static List<Fact> facts(Scenario.Then then, ExpectedFact... expected) {
    return Stream.of(expected).flatMap(fact -> fact.after(then.before())).toList();
  }

  private static StepRequested command(Scenario.Then then) {
    return then.result().messages().stream()
        .filter(Message.Command.class::isInstance)
        .map(message -> ((Message.Command) message).request())
        .findFirst()
        .orElseThrow();
  }

  private static String why(Scenario.Then then) {
    return ((Fact.InputIgnored) then.result().facts().getFirst()).why().orElseThrow();
  }
}
