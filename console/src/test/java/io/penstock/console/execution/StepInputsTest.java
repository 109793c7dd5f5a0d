package io.penstock.console.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.expression.Reference;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepInputsTest {
  private final StepInputs inputs =
      new StepInputs(
          Optional.of(Json.of(Map.of("email", "ada@example.com", "phone", "1"))),
          Map.of("tell-sales", Json.of(Map.of("ts", "17", "ok", true))));

  @Test
  void only_what_the_expressions_name_is_shown_in_their_shape() {
    assertThat(inputs.of(List.of("input.email", "steps[\"tell-sales\"].output.ts")))
        .map(Json::value)
        .contains(
            Map.of(
                "input",
                Map.of("email", "ada@example.com"),
                "steps",
                Map.of("tell-sales", Map.of("output", Map.of("ts", "17")))));
  }

  @Test
  void a_step_that_reads_nothing_has_no_inputs() {
    assertThat(inputs.of(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"input", "input.email", "steps[\"tell-sales\"].output.a_b"})
  void a_reference_is_read_as_it_was_written(String reference) {
    assertThat(new Reference(StepInputs.path(reference)).toString()).isEqualTo(reference);
  }
}
