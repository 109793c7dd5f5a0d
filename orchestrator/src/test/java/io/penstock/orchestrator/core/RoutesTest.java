package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.branch;
import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.otherwise;
import static io.penstock.orchestrator.core.Defined.route;
import static io.penstock.orchestrator.core.Defined.tell;
import static io.penstock.orchestrator.core.ExpectedFact.attemptFailed;
import static io.penstock.orchestrator.core.ExpectedFact.branchTaken;
import static io.penstock.orchestrator.core.ExpectedFact.completed;
import static io.penstock.orchestrator.core.ExpectedFact.executionCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.forgotten;
import static io.penstock.orchestrator.core.ExpectedFact.outcomeIgnored;
import static io.penstock.orchestrator.core.ExpectedFact.requested;
import static io.penstock.orchestrator.core.ExpectedFact.routeCompleted;
import static io.penstock.orchestrator.core.ExpectedFact.routeCompletedWithNothing;
import static io.penstock.orchestrator.core.ExpectedFact.stepFailed;
import static io.penstock.orchestrator.core.ExpectedFact.suspendedBy;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Scenario.anExecution;
import static io.penstock.orchestrator.core.Scenario.given;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.IgnoredReason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Branches, and routes inside branches. */
class RoutesTest {
  private static final String AFTER =
      "{{ steps.pipeline.output }} {{ has(steps.inner) }} {{ has(steps.deal) }}";

  private static Step[] aPipeline() {
    return new Step[] {
      route(
          "pipeline",
          branch("high", "input.total > 25", enrich("deal"), tell("cheer", "{{ steps.deal }}")),
          branch(
              "middle",
              "input.total > 15",
              route("inner", branch("eu", "input.eu", enrich("vat")), otherwise(enrich("plain")))),
          otherwise()),
      tell("after", AFTER)
    };
  }

  @Test
  void a_route_is_requested_like_any_step() {
    given(Scenario.notStarted(aPipeline()))
        .when(Happening.started().at("10:00:00"))
        .then(
            ExpectedFact.executionStarted(), requested("pipeline"), ExpectedFact.wakeUp("11:00:00"))
        .sends("pipeline#1.1.1");
  }

  @Test
  void the_branch_that_was_chosen_begins() {
    given(anExecution(aPipeline()))
        .when(attempt(1).of("pipeline").takesBranch(0))
        .then(branchTaken("pipeline", 0, "high"), requested("pipeline/0/deal"))
        .sends("pipeline/0/deal#1.1.1");
  }

  @Test
  void steps_of_a_branch_see_each_other() {
    given(anExecution(aPipeline()).after(attempt(1).of("pipeline").takesBranch(0)))
        .when(attempt(1).of("pipeline/0/deal").succeeds(7))
        .then(completed("pipeline/0/deal", 7), requested("pipeline/0/cheer"))
        .sendsContext("{\"steps\":{\"deal\":{\"output\":7}}}");
  }

  @Test
  void a_route_takes_over_the_output_of_its_branchs_last_step() {
    given(
            anExecution(aPipeline())
                .after(
                    attempt(1).of("pipeline").takesBranch(0),
                    attempt(1).of("pipeline/0/deal").succeeds(7)))
        .when(attempt(1).of("pipeline/0/cheer").succeeds("sent"))
        .then(
            completed("pipeline/0/cheer", "sent"),
            routeCompleted("pipeline", 0, "high", "pipeline/0/cheer"),
            requested("after"));
  }

  @Test
  void outputs_inside_a_branch_are_not_visible_outside() {
    given(
            anExecution(aPipeline())
                .after(
                    attempt(1).of("pipeline").takesBranch(0),
                    attempt(1).of("pipeline/0/deal").succeeds(7)))
        .when(attempt(1).of("pipeline/0/cheer").succeeds("sent"))
        .sendsContext(
            "{\"steps\":{\"pipeline\":{\"output\":"
                + "{\"branch\":0,\"name\":\"high\",\"output\":\"sent\"}}}}");
  }

  @Test
  void the_end_of_an_inner_branch_ends_both_routes() {
    given(
            anExecution(aPipeline())
                .after(
                    attempt(1).of("pipeline").takesBranch(1),
                    attempt(1).of("pipeline/1/inner").takesBranch(0)))
        .when(attempt(1).of("pipeline/1/inner/0/vat").succeeds("FR1"))
        .then(
            completed("pipeline/1/inner/0/vat", "FR1"),
            routeCompleted("pipeline/1/inner", 0, "eu", "pipeline/1/inner/0/vat"),
            routeCompleted("pipeline", 1, "middle", "pipeline/1/inner"),
            requested("after"))
        .sendsContext(
            "{\"steps\":{\"pipeline\":{\"output\":{\"branch\":1,\"name\":\"middle\",\"output\":"
                + "{\"branch\":0,\"name\":\"eu\",\"output\":\"FR1\"}}}}}");
  }

  @Test
  void a_branch_without_steps_ends_the_route_at_once() {
    given(anExecution(aPipeline()))
        .when(attempt(1).of("pipeline").takesBranch(2))
        .then(
            branchTaken("pipeline", 2, "otherwise"),
            routeCompletedWithNothing("pipeline", 2, "otherwise"),
            requested("after"));
  }

  @Test
  void a_route_of_which_no_branch_matched_completes_without_output() {
    given(anExecution(aPipeline()))
        .when(attempt(1).of("pipeline").takesBranch(-1))
        .then(routeCompletedWithNothing("pipeline", -1, null), requested("after"))
        .sendsContext(
            "{\"steps\":{\"pipeline\":{\"output\":"
                + "{\"branch\":-1,\"name\":null,\"output\":null}}}}");
  }

  @Test
  void a_route_at_the_end_ends_the_execution() {
    given(
            anExecution(route("pipeline", otherwise(enrich("deal"))))
                .after(attempt(1).of("pipeline").takesBranch(0)))
        .when(attempt(1).of("pipeline/0/deal").succeeds(7))
        .then(
            completed("pipeline/0/deal", 7),
            routeCompleted("pipeline", 0, "otherwise", "pipeline/0/deal"),
            executionCompleted(),
            forgotten());
  }

  @Test
  void the_choice_arriving_twice_is_ignored() {
    given(anExecution(aPipeline()).after(attempt(1).of("pipeline").takesBranch(0)))
        .when(attempt(1).of("pipeline").takesBranch(1))
        .then(outcomeIgnored(IgnoredReason.ALREADY_DECIDED, "pipeline#1.1.1"));
  }

  @Test
  void an_outcome_for_a_branch_not_taken_is_ignored() {
    given(anExecution(aPipeline()).after(attempt(1).of("pipeline").takesBranch(0)))
        .when(attempt(1).of("pipeline/1/inner").takesBranch(0))
        .then(outcomeIgnored(IgnoredReason.NOT_EXPECTED, "pipeline/1/inner#1.1.1"));
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 3, Long.MAX_VALUE})
  void an_index_that_names_no_branch_is_a_failure_of_the_worker(long index) {
    given(anExecution(aPipeline()))
        .when(attempt(1).of("pipeline").takesBranch(index))
        .then(
            attemptFailed("pipeline", 1, ErrorType.INTERNAL, NO_BRANCH),
            stepFailed("pipeline", 1, ErrorType.INTERNAL, NO_BRANCH),
            suspendedBy("pipeline", ErrorType.INTERNAL, NO_BRANCH));
  }

  @Test
  void an_answer_that_is_no_index_is_a_failure_of_the_worker() {
    given(anExecution(aPipeline()))
        .when(attempt(1).of("pipeline").succeeds(Map.of("branch", "high")))
        .then(
            attemptFailed("pipeline", 1, ErrorType.INTERNAL, NO_BRANCH),
            stepFailed("pipeline", 1, ErrorType.INTERNAL, NO_BRANCH),
            suspendedBy("pipeline", ErrorType.INTERNAL, NO_BRANCH));
  }

  private static final String NO_BRANCH = "the worker named no branch of this route";
}
