package io.penstock.console.observe;

import static io.penstock.console.Histories.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How long steps take, as the metrics tell it. */
@QuarkusTest
@WithTestResource(RealServers.class)
class StepDurationTest {
  @Inject DataSource database;
  @Inject MeterRegistry registry;
  RealServers servers;

  @Test
  void a_step_is_measured_once_from_its_first_request_through_all_its_attempts() {
    List<HistoryRecord> lead = Histories.lead("measured~1", NOON, "a@example.com");
    try (HistoryTopic topic = new HistoryTopic(servers.bootstrapServers(), database)) {
      for (HistoryRecord record : lead) { // each in a batch of its own
        topic.write(List.of(record));
        topic.awaitProjected();
      }
      topic.write(lead);
      topic.write(Histories.lead("measured~2", NOON, "b@example.com"));
      topic.awaitProjected();
    }
    // Told just after the commit that is waited for.
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions() // not there before the first step has ended
        .until(() -> completed("notify").count() == 2);

    assertThat(completed("enrich").count()).isEqualTo(2);
    assertThat(completed("enrich").totalTime(TimeUnit.SECONDS))
        .as("with the failed attempt and the time until the next")
        .isEqualTo(2 * 3);
    assertThat(completed("route").totalTime(TimeUnit.SECONDS))
        .as("to the end of its branch")
        .isEqualTo(2 * 2);
  }

  @Test
  void an_execution_that_was_undone_is_measured_too() {
    List<HistoryRecord> records =
        Histories.of("undone~1", NOON)
            .then(Histories.started(Json.EMPTY_OBJECT))
            .then(ExecutionStatus.COMPENSATED, Optional.empty(), new Fact.ExecutionCompensated())
            .records();
    try (HistoryTopic topic = new HistoryTopic(servers.bootstrapServers(), database)) {
      topic.write(records);
      topic.awaitProjected();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () ->
                registry
                        .get("penstock.execution.duration")
                        .tags("workflow", "undone", "status", "COMPENSATED")
                        .timer()
                        .count()
                    == 1);
  }

  private Timer completed(String kind) {
    return registry
        .get("penstock.step.duration")
        .tags("workflow", "measured", "kind", kind, "status", "COMPLETED")
        .timer();
  }
}
