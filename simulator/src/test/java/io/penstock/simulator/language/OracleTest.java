package io.penstock.simulator.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.ExecutionDecider;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.HistoryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The real core and the oracle come to the same, in whatever order things happen. */
class OracleTest {
  static final int SEEDS = 150;
  private static final int ORDERS = 3;

  @Test
  void core_and_oracle_agree() {
    List<String> found = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GeneratedWorkflow generated = WorkflowGenerator.next(random, "generated", "1.0.0");
      Json input = WorkflowGenerator.input(random);
      Expectation expectation = Oracle.expect(generated, CoreRun.ID, input);
      for (int order = 0; order < ORDERS; order++) {
        ExecutionDecider decider = new ExecutionDecider(CoreRun.definitions(generated.workflow()));
        List<HistoryRecord> history =
            CoreRun.of(generated, input, new SplittableRandom(order), decider::decide);
        List<String> differences = expectation.differences(history);
        if (!differences.isEmpty()) {
          found.add("seed %d, order %d: %s".formatted(seed, order, differences));
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
