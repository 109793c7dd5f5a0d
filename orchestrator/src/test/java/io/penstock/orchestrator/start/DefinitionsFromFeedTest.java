package io.penstock.orchestrator.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.DefinitionIndex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked for and has not come. No broker: the index is filled by hand. */
class DefinitionsFromFeedTest {
  private final DefinitionIndex index = new DefinitionIndex();

  @Test
  void a_version_that_has_not_come_in_time_is_no_version_and_is_found_when_it_comes() {
    DefinitionsFromFeed definitions = new DefinitionsFromFeed(index, Duration.ofMillis(1));
    assertThat(definitions.find("lead", "1.0.1")).isEmpty();
    assertThatThrownBy(() -> definitions.workflow("lead", "1.0.1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lead@1.0.1");

    index.put(workflow("1.0.1"));
    assertThat(definitions.find("lead", "1.0.1")).isPresent();
  }

  @Test
  void one_that_comes_while_it_is_waited_for_is_found() throws InterruptedException {
    DefinitionsFromFeed definitions = new DefinitionsFromFeed(index, Duration.ofSeconds(30));
    Thread feed = Thread.startVirtualThread(() -> index.put(workflow("1.0.1")));
    assertThat(definitions.find("lead", "1.0.1")).isPresent();
    feed.join();
  }

  @Test
  void who_is_interrupted_knows_nothing_of_the_version() {
    DefinitionsFromFeed definitions = new DefinitionsFromFeed(index, Duration.ofSeconds(30));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> definitions.find("lead", "1.0.1"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static Workflow workflow(String version) {
    return new Workflow(
        "lead",
        version,
        "",
        List.of(),
        Optional.empty(),
        List.of(),
        OnFailure.SUSPEND,
        Optional.empty());
  }
}
