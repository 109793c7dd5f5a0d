package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code deadline} stands for; mistakes are in {@code invalid-definitions.csv}. */
class DeadlineReaderTest {
  @Test
  void a_workflow_can_have_a_deadline() {
    assertThat(read("deadline: 2h")).contains(Duration.ofHours(2));
  }

  @Test
  void without_one_it_takes_as_long_as_it_takes() {
    assertThat(read("onFailure: fail")).isEmpty();
  }

  private static Optional<Duration> read(String field) {
    String yaml =
        "{kind: Workflow, name: w, version: 1.0.0, steps: [{id: s, notify: {channel: c, text: t}}], %s}"
            .formatted(field);
    Reading reading = DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    return ((Workflow) reading.definitions().getFirst().definition()).deadline();
  }
}
