package io.penstock.console.projection;

import static io.penstock.console.Histories.attemptFailed;
import static io.penstock.console.Histories.completed;
import static io.penstock.console.Histories.requested;
import static io.penstock.console.Histories.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker and a real database: steps side by side, whose rows come in several batches. */
@QuarkusTest
@WithTestResource(RealServers.class)
class ParallelScopesTest {
  private static final StepPath LOOK_UP = new StepPath("look-up");
  private static final StepPath EACH = new StepPath("each");

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
  void a_loser_is_cancelled_and_its_neighbours_are_not() throws Exception {
    writeOneBatchEach(
        Histories.of("fork~1")
            .then(
                started(Json.EMPTY_OBJECT),
                new Fact.BranchesStarted(LOOK_UP, List.of("fast", "slow", "slower")),
                requested("look-up/fast/a", StepKind.ENRICH, 1, 1),
                requested("look-up/slow/b", StepKind.ENRICH, 1, 1),
                requested("look-up/slower/c", StepKind.ENRICH, 1, 1))
            .then(
                completed("look-up/fast/a", 1, Json.of(Map.of("n", 1L))),
                new Fact.ScopesCancelled(List.of(new ScopePath("look-up/slow"))))
            .records());

    assertThat(stepsOf("fork~1"))
        .isEqualTo(
            "look-up parallel RUNNING, look-up/fast/a enrich COMPLETED, look-up/slow/b enrich CANCELLED, look-up/slower/c enrich RUNNING");
  }

  @Test
  void a_loser_that_was_to_be_tried_again_is_cancelled_also_when_all_comes_in_one_batch()
      throws Exception {
    topic.write(
        Histories.of("fork~4")
            .then(
                started(Json.EMPTY_OBJECT),
                new Fact.BranchesStarted(LOOK_UP, List.of("fast", "slow")),
                requested("look-up/fast/a", StepKind.ENRICH, 1, 1),
                requested("look-up/slow/b", StepKind.ENRICH, 1, 1))
            .then(
                attemptFailed("look-up/slow/b", 1, ErrorType.TIMEOUT, "late"),
                new Fact.RetryScheduled(
                    new StepPath("look-up/slow/b"), 2, Histories.NOON.plusSeconds(60)))
            .then(
                completed("look-up/fast/a", 1, Json.of(Map.of("n", 1L))),
                new Fact.ScopesCancelled(List.of(new ScopePath("look-up/slow"))))
            .records());
    topic.awaitProjected();

    assertThat(stepsOf("fork~4"))
        .isEqualTo(
            "look-up parallel RUNNING, look-up/fast/a enrich COMPLETED, look-up/slow/b enrich CANCELLED");
  }

  @Test
  void what_was_at_work_when_the_workflow_caught_an_error_has_ended() throws Exception {
    StepError no = StepError.of(ErrorType.RUNTIME, "no");
    writeOneBatchEach(
        Histories.of("fork~5")
            .then(
                started(Json.EMPTY_OBJECT),
                new Fact.BranchesStarted(LOOK_UP, List.of("a", "b")),
                requested("look-up/a/x", StepKind.ENRICH, 1, 1),
                requested("look-up/b/y", StepKind.ENRICH, 1, 1))
            .then(
                attemptFailed("look-up/a/x", 1, ErrorType.RUNTIME, "no"),
                new Fact.StepFailed(new StepPath("look-up/a/x"), 1, no),
                new Fact.ScopesCancelled(List.of(ScopePath.ROOT)),
                new Fact.ErrorCaught(
                    Workflow.WHOLE,
                    0,
                    no,
                    Optional.of(new StepPath("look-up/a/x")),
                    Optional.of(1)),
                requested("@workflow/catch0/say", StepKind.NOTIFY, 1, 1))
            .records());

    assertThat(stepsOf("fork~5"))
        .isEqualTo(
            "@workflow catch RUNNING, @workflow/catch0/say notify RUNNING, look-up parallel CANCELLED, look-up/a/x enrich FAILED, look-up/b/y enrich CANCELLED");
  }

  @Test
  void a_tolerated_failure_ends_what_else_is_at_work_in_its_round() throws Exception {
    writeOneBatchEach(
        Histories.of("fork~2")
            .then(
                started(Json.EMPTY_OBJECT),
                new Fact.ItemsFound(EACH, Json.of(List.of("x", "y")), 2),
                new Fact.ItemsStarted(EACH, 0, 2),
                requested("each/1/call", StepKind.ENRICH, 1, 1),
                requested("each/1/side", StepKind.ENRICH, 1, 1),
                requested("each/10/call", StepKind.ENRICH, 1, 1))
            .then(
                attemptFailed("each/1/call", 1, ErrorType.RUNTIME, "no"),
                new Fact.ScopeEnded(
                    new ScopePath("each/1"), Optional.of(StepError.of(ErrorType.RUNTIME, "no"))))
            .records());

    assertThat(stepsOf("fork~2"))
        .isEqualTo(
            "each foreach RUNNING, each/1/call enrich FAILED, each/1/side enrich CANCELLED, each/10/call enrich RUNNING");
  }

  @Test
  void an_attempt_that_comes_back_batches_later_is_still_one_row() throws Exception {
    writeOneBatchEach(
        Histories.of("fork~3")
            .then(
                started(Json.EMPTY_OBJECT),
                new Fact.ItemsFound(EACH, Json.of(List.of("x", "y")), 2),
                new Fact.ItemsStarted(EACH, 0, 2),
                requested("each/0/call", StepKind.ENRICH, 1, 1),
                requested("each/1/call", StepKind.ENRICH, 1, 1))
            .then(completed("each/0/call", 1, Json.of(Map.of("n", 1L))))
            .then(completed("each/1/call", 1, Json.of(Map.of("n", 2L))))
            .records());

    assertThat(
            tables.ask(
                "select string_agg(path || ' ' || outcome || ' ' || deliveries, ', ' order by path) from console.attempt where execution_id = 'fork~3'"))
        .isEqualTo("each/0/call succeeded 1, each/1/call succeeded 1");
  }

  private void writeOneBatchEach(List<HistoryRecord> records) throws Exception {
    for (HistoryRecord record : records) {
      topic.write(List.of(record));
      topic.awaitProjected();
    }
  }

  private String stepsOf(String execution) throws Exception {
    return tables.ask(
        "select string_agg(path || ' ' || kind || ' ' || status, ', ' order by path) from console.step where execution_id = '%s'"
            .formatted(execution));
  }
}
