package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBudgetTest {
  private final ErrorBudget budget = new ErrorBudget(5, 3);

  @ParameterizedTest(name = "{0}: {1} wait, {2} out, {3} succeeded, {4} failed, {5} refused: {6}")
  @CsvSource({
    "SAMPLING, 95, 5, 0, 0, 0, ",
    "SAMPLING, 95, 1, 4, 0, 0, ",
    "SAMPLING, 95, 0, 5, 0, 0, RUNNING",
    "SAMPLING, 95, 2, 2, 1, 0, STOPPED",
    "SAMPLING, 95, 0, 0, 0, 2, ",
    "SAMPLING, 95, 0, 0, 0, 3, STOPPED",
    "SAMPLING, 0, 2, 2, 1, 0, ",
    "SAMPLING, 0, 0, 2, 1, 0, DONE",
    "RUNNING, 90, 3, 5, 2, 9, ",
    "RUNNING, 90, 3, 5, 3, 0, STOPPED",
    "RUNNING, 0, 3, 5, 3, 0, ",
    "RUNNING, 0, 0, 5, 9, 0, DONE",
    "PAUSED, 0, 0, 5, 0, 0, ",
    "STOPPED, 0, 0, 5, 0, 0, ",
    "CANCELLED, 0, 0, 5, 0, 0, ",
    "DONE, 0, 0, 5, 0, 0, "
  })
  void decides_by_what_became_of_the_letters(
      ReplayStatus status,
      long waiting,
      long inFlight,
      long succeeded,
      long failedAgain,
      long refusedLater,
      ReplayStatus then) {
    Counts counts = new Counts(0, waiting, inFlight, succeeded, failedAgain, 0, 0, 0, refusedLater);

    assertThat(budget.next(status, counts).map(ErrorBudget.Turn::to).orElse(null)).isEqualTo(then);
  }

  @Test
  void a_sample_leaves_room_for_those_only_that_have_told_nothing_yet() {
    Counts counts = new Counts(0, 90, 1, 2, 0, 4, 0, 7, 2);

    assertThat(budget.room(ReplayStatus.SAMPLING, counts, 1_000)).isEqualTo(2);
    assertThat(budget.room(ReplayStatus.PAUSED, counts, 1_000)).isZero();
  }

  @ParameterizedTest(name = "{0} out, {1} succeeded: {2} more")
  @CsvSource({
    "0, 0, 5",
    "5, 0, 0",
    "0, 5, 5",
    "3, 8, 5",
    "8, 8, 0",
    "0, 4000, 1000",
    "999, 4000, 1"
  })
  void behind_the_sample_as_many_may_be_out_as_have_succeeded(
      long inFlight, long succeeded, long more) {
    Counts counts = new Counts(0, 90, inFlight, succeeded, 0, 0, 0, 0, 0);

    assertThat(budget.room(ReplayStatus.RUNNING, counts, 1_000)).isEqualTo(more);
  }
}
