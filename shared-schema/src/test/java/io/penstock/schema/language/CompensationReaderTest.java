package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.CompensationOrder;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What undoes a step, and what that means for the whole. */
class CompensationReaderTest {
  private static final String STEPS =
      """
      kind: Workflow
      name: order
      version: 1.0.0
      steps:
        - id: pay
          notify: {channel: c, text: pay}
          compensate:
            notify: {channel: c, text: "{{ steps.pay.output }}"}
            timeout: 5s
        - id: ship
          notify: {channel: c, text: ship}
      """;

  private static Workflow read(String yaml) {
    Reading reading = DefinitionReader.read("order.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    return (Workflow) reading.definitions().getFirst().definition();
  }

  @Test
  void where_something_can_be_undone_a_failure_undoes_it() {
    Workflow order = read(STEPS);
    assertThat(order.onFailure()).isEqualTo(OnFailure.COMPENSATE);
    assertThat(order.compensation()).isEqualTo(CompensationOrder.REVERSE);
    assertThat(order.compensates()).isTrue();
  }

  @Test
  void another_answer_to_failures_stays() {
    assertThat(read(STEPS + "onFailure: suspend\ncompensation: parallel\n"))
        .returns(OnFailure.SUSPEND, Workflow::onFailure)
        .returns(CompensationOrder.PARALLEL, Workflow::compensation);
  }

  @Test
  void it_is_a_step_in_a_place_of_its_own() {
    assertThat(read(STEPS).step(new StepPath("pay/compensate/compensation")))
        .get()
        .satisfies(
            step -> {
              assertThat(((Action.Work) step.action()).kind()).isEqualTo(StepKind.NOTIFY);
              assertThat(step.timeout()).hasToString("Optional[PT5S]");
              assertThat(step.compensation()).isEmpty();
            });
    assertThat(read(STEPS).step(new StepPath("ship/compensate/compensation"))).isEmpty();
  }
}
