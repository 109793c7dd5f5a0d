package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action.Losers;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one transition of a round or a branch writes. */
class RoundWritesTest {

  private static ExecutionState.Changes changes(PlayedExecution execution, Happening happening) {
    Instant at = execution.now().plusSeconds(1);
    ExecutionState state = execution.state();
    for (Fact fact : execution.decide(happening.in(execution, at), at)) {
      state = Evolution.evolve(state, fact);
    }
    return state.changes();
  }

  @Test
  void the_end_of_a_round_writes_its_output_three_scopes_and_neither_control_nor_items() {
    PlayedExecution execution =
        new PlayedExecution(Defined.workflow(foreach("each", "input.list", 40, enrich("call"))));
    execution.happens(startedWith(Map.of("list", Collections.nCopies(1_000, "x"))));

    ExecutionState.Changes changes =
        changes(execution, attempt(1).of("each/17/call").succeeds("ok"));

    assertThat(changes.control()).isEmpty();
    assertThat(changes.scopes())
        .containsOnlyKeys(ScopePath.ROOT, new ScopePath("each/17"), new ScopePath("each/40"));
    assertThat(changes.outputs()).containsOnlyKeys(new StepPath("each/17/call"));
    assertThat(changes.items()).isEmpty();
  }

  /** One that ends at once does not join before the others have begun. */
  @Test
  void a_branch_that_needs_no_worker_does_not_keep_the_losers_from_beginning() {
    PlayedExecution execution =
        new PlayedExecution(
            Defined.workflow(
                parallel(
                    "p",
                    1,
                    Losers.FINISH,
                    lane("nothing", foreach("each", "[]", 1, enrich("never"))),
                    lane("tell", enrich("sales")))));

    assertThat(execution.happens(Happening.started()).messages())
        .hasAtLeastOneElementOfType(Message.Command.class);
    assertThat(execution.happens(attempt(1).of("p/tell/sales").succeeds("told")).facts())
        .hasAtLeastOneElementOfType(Fact.ExecutionCompleted.class);
  }
}
