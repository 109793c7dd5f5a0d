package io.penstock.console.deadletter;

import static io.penstock.console.Histories.NOON;
import static io.penstock.console.Histories.requested;
import static io.penstock.console.Histories.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A letter whose execution goes on without its step is nobody's to deal with any more. */
@QuarkusTest
@WithTestResource(RealServers.class)
class DroppedLettersTest extends WithLetterTopics {
  private static final StepError ERROR = StepError.of(ErrorType.RUNTIME, "500");
  private static final String UNDO = "book/compensate/compensation";

  private HistoryTopic history;

  @BeforeEach
  void open() {
    history = new HistoryTopic(servers.bootstrapServers(), database);
  }

  @AfterEach
  void close() {
    history.close();
  }

  @Test
  void a_compensation_that_an_operator_skipped_or_marked_needs_no_replay() throws Exception {
    for (CompensationEnd end : List.of(CompensationEnd.SKIPPED, CompensationEnd.MARKED)) {
      String execution = "undone~" + end.id();
      letters.write(LetterTopics.step(execution, UNDO, 1, 10, "500"));
      letters.write(LetterTopics.step(execution, "other/compensate/compensation", 1, 10, "500"));
      history.write(
          dead(execution, UNDO, "other/compensate/compensation")
              .then(
                  ExecutionStatus.FAILED_TO_COMPENSATE,
                  Optional.empty(),
                  new Fact.StepCompensated(
                      new StepPath("book"), end, Optional.of("ada"), Optional.of("by telephone")))
              .records());
    }
    letters.awaitProjected();
    history.awaitProjected();

    assertThat(states("undone"))
        .containsExactly(
            List.of("undone~marked", UNDO, "resolved"),
            List.of("undone~marked", "other/compensate/compensation", "open"),
            List.of("undone~skipped", UNDO, "resolved"),
            List.of("undone~skipped", "other/compensate/compensation", "open"));
  }

  @Test
  void what_was_dead_when_compensation_began_is_dropped_and_what_dies_of_it_is_not()
      throws Exception {
    letters.write(LetterTopics.step("saga~1", "call", 1, 10, "500"));
    letters.write(LetterTopics.step("saga~1", UNDO, 1, 13, "500"));
    letters.awaitProjected();
    history.write(
        dead("saga~1", "call")
            .then(
                ExecutionStatus.FAILED_TO_COMPENSATE,
                Optional.empty(),
                new Fact.CompensationStarted(
                    CompensationTrigger.OPERATOR,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("ada"),
                    Optional.of("undo it"),
                    List.of()),
                new Fact.StepCompensationStarted(new StepPath("book")),
                new Fact.StepFailed(new StepPath(UNDO), 1, ERROR),
                new Fact.ExecutionSuspended(Optional.of(new StepPath(UNDO)), ERROR))
            .records());
    history.awaitProjected();

    assertThat(states("saga"))
        .containsExactly(List.of("saga~1", UNDO, "open"), List.of("saga~1", "call", "resolved"));
  }

  @Test
  void a_branch_that_was_dropped_takes_its_letters_with_it_whoever_is_read_first()
      throws Exception {
    Fact lost = new Fact.ScopesCancelled(List.of(new ScopePath("fork/slow")));
    Fact put = new Fact.ScopeEnded(new ScopePath("each/7"), Optional.of(ERROR));
    Fact well = new Fact.ScopeEnded(new ScopePath("each/8"), Optional.empty());
    letters.write(LetterTopics.step("branch~letter", "fork/slow/call", 1, 10, "500"));
    letters.write(LetterTopics.step("branch~letter", "fork/slower/call", 1, 10, "500"));
    letters.awaitProjected();
    for (String execution : List.of("branch~letter", "branch~history")) {
      history.write(
          dead(execution, "fork/slow/call", "fork/slower/call", "each/7/in/a/call", "each/8/call")
              .then(lost, put, well)
              .records());
    }
    history.awaitProjected();
    letters.write(LetterTopics.step("branch~history", "fork/slow/call", 1, 10, "500"));
    letters.write(LetterTopics.step("branch~history", "fork/slower/call", 1, 10, "500"));
    letters.write(LetterTopics.step("branch~history", "each/7/in/a/call", 1, 10, "500"));
    letters.write(LetterTopics.step("branch~history", "each/8/call", 1, 10, "500"));
    letters.awaitProjected();

    assertThat(states("branch"))
        .containsExactly(
            List.of("branch~history", "each/7/in/a/call", "resolved"),
            List.of("branch~history", "each/8/call", "open"),
            List.of("branch~history", "fork/slow/call", "resolved"),
            List.of("branch~history", "fork/slower/call", "open"),
            List.of("branch~letter", "fork/slow/call", "resolved"),
            List.of("branch~letter", "fork/slower/call", "open"));
    assertThat(
            letters.ask(
                "select count(distinct status_at) from console.dead_letter where workflow = 'branch' and status = 'resolved'"))
        .isEqualTo("1");
  }

  @Test
  void a_catch_of_the_workflow_drops_all_but_what_dies_in_its_handling() throws Exception {
    String handling = "@workflow/catch0/tell";
    letters.write(LetterTopics.step("whole~1", "fork/a/call", 1, 10, "500"));
    letters.write(LetterTopics.step("whole~1", handling, 1, 13, "500"));
    history.write(
        dead("whole~1", "fork/a/call")
            .then(
                ExecutionStatus.SUSPENDED,
                Optional.empty(),
                new Fact.ScopesCancelled(List.of(ScopePath.ROOT)),
                new Fact.ErrorCaught(new StepPath("@workflow"), 0, ERROR),
                new Fact.StepFailed(new StepPath(handling), 1, ERROR),
                new Fact.ExecutionSuspended(Optional.of(new StepPath(handling)), ERROR))
            .records());
    letters.awaitProjected();
    history.awaitProjected();

    assertThat(states("whole"))
        .containsExactly(
            List.of("whole~1", handling, "open"), List.of("whole~1", "fork/a/call", "resolved"));
  }

  private List<List<String>> states(String workflow) throws Exception {
    return letters.rows(
        "select execution_id, path, status from console.dead_letter where workflow = '%s' order by 1, 2"
            .formatted(workflow));
  }

  /** Its steps died by one input, at offset 10. */
  private static Histories dead(String execution, String... paths) {
    Histories before =
        Histories.of(execution, NOON, 7)
            .then(started(Json.NULL), requested("book", StepKind.ENRICH, 1, 1));
    Fact[] died = new Fact[2 * paths.length];
    for (int i = 0; i < paths.length; i++) {
      StepPath path = new StepPath(paths[i]);
      died[2 * i] = new Fact.StepFailed(path, 1, ERROR);
      died[2 * i + 1] = new Fact.ExecutionSuspended(Optional.of(path), ERROR);
    }
    return before.then(ExecutionStatus.SUSPENDED, Optional.empty(), died);
  }
}
