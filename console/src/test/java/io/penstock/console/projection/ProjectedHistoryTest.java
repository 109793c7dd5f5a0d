package io.penstock.console.projection;

import static io.penstock.console.Histories.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker and a real database: every record counts once, whatever happens. */
@QuarkusTest
@WithTestResource(RealServers.class)
class ProjectedHistoryTest {
  private static final int RECORDS_PER_LEAD = 8;

  @Inject DataSource database;
  RealServers servers;
  private HistoryTopic topic;
  private Tables tables;

  @BeforeEach
  void open() {
    topic = new HistoryTopic(servers.bootstrapServers(), database);
    tables = new Tables(database);
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Test
  void a_thousand_executions_are_projected_exactly() throws Exception {
    topic.write(leads("thousand", 1_000));
    topic.awaitProjected();

    assertThat(
            tables.ask(
                "select count(*) from console.execution where workflow = 'thousand' and status = 'COMPLETED'"))
        .isEqualTo("1000");
    assertThat(
            tables.ask("select count(*) from console.history where execution_id like 'thousand~%'"))
        .isEqualTo("" + 1_000 * RECORDS_PER_LEAD);
    assertThat(
            tables.ask(
                "select count(*) from console.step where execution_id like 'thousand~%' and status = 'COMPLETED'"))
        .isEqualTo("4000");
    assertThat(
            tables.ask("select count(*) from console.attempt where execution_id like 'thousand~%'"))
        .isEqualTo("5000");
    assertThat(
            tables.ask(
                "select sum(cost_micro_usd) from console.execution where workflow = 'thousand'"))
        .isEqualTo("1250000");
  }

  @Test
  void the_same_history_delivered_again_changes_nothing() throws Exception {
    List<HistoryRecord> leads = leads("again", 50);
    topic.write(leads);
    topic.awaitProjected();
    List<String> before = tables.all();

    topic.write(leads);
    topic.awaitProjected();

    assertThat(tables.all()).containsExactlyElementsOf(before);
  }

  @Test
  void a_rebuild_beside_a_console_that_goes_on_gives_equal_rows() throws Exception {
    topic.write(leads("rebuilt", 50));
    topic.write(
        Histories.of("rebuilt~nobody")
            .thenUnknown(new Fact.InputIgnored(IgnoredReason.UNKNOWN_EXECUTION, "outcome of x"))
            .records());
    topic.awaitProjected();
    List<String> before = tables.all();
    assertThat(
            tables.ask(
                "select count(*) from console.history where execution_id = 'rebuilt~nobody'"))
        .isEqualTo("1");

    try (TopicProjection rebuilding = another(true)) {
      await().atMost(Duration.ofSeconds(30)).until(() -> isProjecting(rebuilding));
      topic.awaitProjected();
    }

    assertThat(tables.all()).containsExactlyElementsOf(before);
  }

  @Test
  void consoles_that_come_and_go_in_the_middle_lose_and_double_nothing() throws Exception {
    for (int round = 0; round < 4; round++) {
      topic.write(leads("restarted-" + round, 100));
      try (TopicProjection passing = another(false)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> isProjecting(passing));
        topic.write(leads("restarted-too-" + round, 100));
      }
    }
    topic.awaitProjected();

    assertThat(
            tables.ask(
                "select count(*), sum(cost_micro_usd), sum(input_tokens) from console.execution where workflow like 'restarted%' and status = 'COMPLETED'"))
        .isEqualTo("800,1000000,240000");
    assertThat(
            tables.ask("select count(*) from console.history where execution_id like 'restarted%'"))
        .isEqualTo("" + 800 * RECORDS_PER_LEAD);
  }

  private static boolean isProjecting(TopicProjection projection) {
    return projection.state() == TopicProjection.State.PROJECTING;
  }

  private TopicProjection another(boolean rebuild) {
    return new TopicProjection(
        new HistoryProjection(
            new PositionedConsumer.Settings(
                servers.bootstrapServers(), Duration.ofMillis(20), Optional.empty()),
            database,
            ProjectionObserver.BLIND,
            List.of()),
        rebuild,
        () -> {});
  }

  /** Interleaved, as when many executions move at a time. */
  private static List<HistoryRecord> leads(String workflow, int count) {
    List<List<HistoryRecord>> leads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leads.add(Histories.lead(workflow + "~k" + i, NOON.plusSeconds(i), i + "@example.com"));
    }
    List<HistoryRecord> all = new ArrayList<>();
    for (int i = 0; i < RECORDS_PER_LEAD; i++) {
      for (List<HistoryRecord> lead : leads) {
        all.add(lead.get(i));
      }
    }
    return all;
  }
}
