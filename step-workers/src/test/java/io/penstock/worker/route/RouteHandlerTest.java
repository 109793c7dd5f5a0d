package io.penstock.worker.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.call.Handing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteHandlerTest {
  private static final String STEPS = "steps: [{id: s%d, notify: {channel: sales, text: hello}}]";

  @ParameterizedTest
  @CsvSource({"30, 0", "26, 0", "25, 1", "15, 1", "14, 2"})
  void the_first_branch_that_holds_is_taken_or_else_otherwise(int total, int branch) {
    assertThat(route("- otherwise:\n        " + STEPS.formatted(3), total))
        .isEqualTo("{\"branch\":" + branch + "}");
  }

  @Test
  void no_branch_is_an_answer_too() {
    assertThat(route("", 1)).isEqualTo("{\"branch\":-1}");
  }

  @Test
  void an_expression_that_fails_names_its_branch_and_itself() {
    StepOutcome.Failed failed =
        (StepOutcome.Failed)
            new RouteHandler().attempt(Handing.attempt(yaml(""), "{\"input\":{}}")).result();
    assertThat(failed.error().type()).isEqualTo(ErrorType.EXPRESSION);
    assertThat(failed.error().retriable()).isFalse();
    assertThat(failed.error().message())
        .startsWith("branch 'high', when 'input.total > 25': ")
        .contains("total");
  }

  private static String route(String otherwise, int total) {
    StepOutcome.Result result =
        new RouteHandler()
            .attempt(Handing.attempt(yaml(otherwise), "{\"input\":{\"total\":" + total + "}}"))
            .result();
    return ((StepOutcome.Succeeded) result).output().toString();
  }

  private static String yaml(String otherwise) {
    return """
    kind: Workflow
    name: leads
    version: 1.0.0
    steps:
      - id: pipeline
        route:
          - name: high
            when: input.total > 25
            %s
          - when: input.total >= 15
            %s
          %s
    """
        .formatted(STEPS.formatted(1), STEPS.formatted(2), otherwise);
  }
}
