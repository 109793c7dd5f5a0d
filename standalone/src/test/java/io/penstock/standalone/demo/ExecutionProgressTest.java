package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On the form in which the console answers. */
class ExecutionProgressTest {
  private static ExecutionProgress read(String json) throws IOException {
    return ExecutionProgress.of(new ObjectMapper().readTree(json));
  }

  @Test
  void steps_score_branch_cost_and_duration_are_found() throws IOException {
    ExecutionProgress progress =
        read(
            """
            {"id":"lead~1","status":"COMPLETED","durationMs":684,
             "consumption":{"inputTokens":300,"outputTokens":40,"costMicroUsd":69},
             "steps":[
               {"path":"research","kind":"parallel","status":"COMPLETED","attempts":[]},
               {"path":"research/company/company","status":"COMPLETED","attempts":[{},{}]},
               {"path":"research/person/person","status":"COMPLETED","attempts":[{}],
                "error":{"type":"runtime"},"caughtBy":0},
               {"path":"score","status":"COMPLETED","attempts":[{}],"output":{"total":27}},
               {"path":"pipeline","status":"COMPLETED","attempts":[{}],
                "branch":{"index":0,"name":"high"}},
               {"path":"pipeline/0/deal","status":"COMPLETED","attempts":[{}]}]}
            """);
    assertThat(progress.hasCompleted()).isTrue();
    assertThat(progress.steps())
        .containsExactly(
            new StepProgress("company", "COMPLETED", 2, false),
            new StepProgress("person", "COMPLETED", 1, true),
            new StepProgress("score", "COMPLETED", 1, false),
            new StepProgress("pipeline", "COMPLETED", 1, false),
            new StepProgress("deal", "COMPLETED", 1, false));
    assertThat(progress.score()).hasValue(27.0);
    assertThat(progress.route()).hasValue("high");
    assertThat(progress.costMicroUsd()).hasValue(69L);
    assertThat(progress.took()).hasValue(Duration.ofMillis(684));
  }

  @Test
  void what_is_not_there_yet_is_empty() throws IOException {
    ExecutionProgress progress = read("{\"status\":\"RUNNING\",\"steps\":[]}");
    assertThat(progress.hasEnded()).isFalse();
    assertThat(progress.score()).isEmpty();
    assertThat(progress.route()).isEmpty();
    assertThat(progress.costMicroUsd()).isEmpty();
    assertThat(progress.took()).isEmpty();
  }

  @Test
  void a_suspended_one_does_not_move_by_itself() throws IOException {
    ExecutionProgress progress = read("{\"status\":\"SUSPENDED\"}");
    assertThat(progress.hasEnded()).isTrue();
    assertThat(progress.hasCompleted()).isFalse();
  }
}
