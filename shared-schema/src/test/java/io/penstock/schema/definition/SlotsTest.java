package io.penstock.schema.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.StepPath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the steps inside of others stand. */
class SlotsTest {
  private static final String YAML =
      """
      kind: Workflow
      name: w
      version: 1.0.0
      steps:
        - id: both
          parallel:
            branches:
              - name: catch-up
                steps: [{id: one, notify: {channel: ops, text: t}}]
              - name: each
                steps:
                  - id: every
                    foreach:
                      items: input.list
                      steps:
                        - id: call
                          notify: {channel: ops, text: t}
                          catch: [{notify: {channel: ops, text: failed}}]
          catch: [{output: 1}, {notify: {channel: ops, text: failed}}]
        - id: pick
          route: [{otherwise: , steps: [{id: two, notify: {channel: ops, text: t}}]}]
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "both",
        "both/catch-up/one",
        "both/each/every",
        "both/each/every/0/call",
        "both/each/every/99999/call",
        "both/each/every/7/call/catch0/fallback",
        "both/catch1/fallback",
        "pick/0/two",
      })
  void a_step_is_found_in_its_slot(String path) throws Exception {
    assertThat(workflow().step(new StepPath(path)))
        .hasValueSatisfying(step -> assertThat(path).endsWith(step.id()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "both/0/one",
        "both/each/one",
        "both/catch0/fallback",
        "both/catch2/fallback",
        "both/catch01/fallback",
        "both/each/every/01/call",
        "both/each/every/+1/call",
        "both/each/every/-1/call",
        "both/each/every/x/call",
        "both/each/every/9999999999/call",
        "both/each/every/0/two",
        "pick/00/two",
        "pick/1/two",
        "nobody/0/call",
      })
  void where_no_step_can_be_none_is_found(String path) throws Exception {
    assertThat(workflow().step(new StepPath(path))).isEmpty();
  }

  @Test
  void only_catch_and_digits_are_the_slot_of_a_catch() {
    assertThat(Workflow.isCatchSlot(Workflow.catchSlot(12))).isTrue();
    assertThat(Workflow.isCatchSlot("catch")).isFalse();
    assertThat(Workflow.isCatchSlot("catch-up")).isFalse();
    assertThat(Workflow.isCatchSlot("catch1a")).isFalse();
    assertThat(Workflow.isCatchSlot("1")).isFalse();
  }

  private static Workflow workflow() throws Exception {
    return (Workflow)
        DefinitionReader.read("test.yaml", YAML.getBytes(StandardCharsets.UTF_8))
            .definitions()
            .getFirst()
            .definition();
  }
}
