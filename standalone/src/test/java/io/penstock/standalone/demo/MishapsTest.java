package io.penstock.standalone.demo;

import static io.penstock.standalone.demo.ScreenText.caught;
import static io.penstock.standalone.demo.ScreenText.completed;
import static io.penstock.standalone.demo.ScreenText.moving;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.util.List;
import org.junit.jupiter.api.Test;

class MishapsTest {
  @Test
  void what_was_tried_again_and_what_got_a_fallback_is_counted() {
    assertThat(
            Mishaps.of(
                List.of(
                    completed(29, "high", "deal"),
                    completed(caught("person"), 7, "low", "archive"),
                    moving(new StepProgress("company", "WAITING", 3, false)),
                    ExecutionProgress.ACCEPTED)))
        .isEqualTo(new Mishaps(2, 1));
  }
}
