package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker's clock was ahead, and is set right: what was seen then lies in the future now. */
class ClockSetBackTest {
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: welcome
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: tell
          notify: {api: crm, request: {method: POST, path: /tell}}
      """;

  @TempDir Path directory;

  @Test
  void an_event_seen_in_the_future_is_known_now() {
    try (TopologyHarness harness = new TopologyHarness(directory, 0)) {
      harness.define(WORKFLOW);
      harness.event("e-1", "welcome", "1.0.0", "{}");
      List<StepRequested> commands = harness.commands(StepKind.NOTIFY);
      harness.succeeds(commands.getFirst().id(), "{}");
      assertThat(harness.facts()).hasAtLeastOneElementOfType(Fact.ExecutionForgotten.class);

      harness.setBack(Duration.ofMinutes(10));
      harness.event("e-1", "welcome", "1.0.0", "{}");

      assertThat(harness.facts())
          .first()
          .isInstanceOfSatisfying(
              Fact.InputIgnored.class,
              ignored -> assertThat(ignored.reason()).isEqualTo(IgnoredReason.DUPLICATE_EVENT));
      assertThat(harness.commands(StepKind.NOTIFY)).isEmpty();
    }
  }
}
