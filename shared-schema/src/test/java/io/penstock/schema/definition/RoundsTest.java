package io.penstock.schema.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.expression.Expression;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a foreach counts. */
class RoundsTest {
  @ParameterizedTest
  @CsvSource({"0, , 0", "7, , 7", "0, 3, 0", "1, 3, 1", "3, 3, 1", "4, 3, 2", "100000, 1000, 100"})
  void items_take_a_round_each_or_a_round_for_each_chunk(int items, Integer chunk, int rounds)
      throws Exception {
    assertThat(foreach(Optional.ofNullable(chunk), Optional.empty()).rounds(items))
        .isEqualTo(rounds);
  }

  @ParameterizedTest
  @CsvSource({
    ", 100, 0",
    "0.0, 100, 0",
    "1.0, 100, 100",
    "0.1, 9, 0",
    "0.1, 10, 1",
    "0.1, 19, 1",
    "0.29, 100, 29",
    "0.07, 100, 7",
    "0.333333, 3, 0",
    "1.0, 0, 0",
  })
  void a_share_of_the_rounds_may_fail(Double tolerate, int rounds, int mayFail) throws Exception {
    assertThat(foreach(Optional.empty(), Optional.ofNullable(tolerate)).mayFail(rounds))
        .isEqualTo(mayFail);
  }

  private static Action.Foreach foreach(Optional<Integer> chunk, Optional<Double> tolerate)
      throws Exception {
    return new Action.Foreach(
        Expression.compile("input.list"), "item", 10, chunk, tolerate, List.of());
  }
}
