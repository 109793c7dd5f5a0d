package io.penstock.standalone.demo;

import static io.penstock.standalone.demo.ScreenText.caught;
import static io.penstock.standalone.demo.ScreenText.completed;
import static io.penstock.standalone.demo.ScreenText.done;
import static io.penstock.standalone.demo.ScreenText.moving;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadLineTest {
  private final LeadLine line = new LeadLine(Style.signs(false), 80);

  private static StepProgress step(String name, String status, int attempts) {
    return new StepProgress(name, status, attempts, false);
  }

  @Test
  void a_lead_that_is_only_accepted_says_so() {
    assertThat(line.of("Ada Moreau", ExecutionProgress.ACCEPTED))
        .isEqualTo("  Ada Moreau   accepted");
  }

  @Test
  void steps_stand_in_the_order_in_which_they_began_those_at_work_side_by_side() {
    assertThat(
            line.of(
                "Ada Moreau",
                moving(step("company", "RUNNING", 1), done("person"), step("news", "RUNNING", 1))))
        .isEqualTo("  Ada Moreau   •company ✓person •news");
  }

  @Test
  void a_step_that_waits_for_its_second_attempt_differs_from_one_that_had_it() {
    assertThat(line.of("Ben Okafor", moving(step("company", "WAITING", 1))))
        .isEqualTo("  Ben Okafor   ↻company");
    assertThat(line.of("Ben Okafor", moving(step("company", "COMPLETED", 2))))
        .isEqualTo("  Ben Okafor   ✓company x2");
  }

  @Test
  void a_step_that_got_its_fallback_is_marked() {
    assertThat(line.of("Cleo Lind", moving(done("company"), caught("person"))))
        .isEqualTo("  Cleo Lind    ✓company ↷person");
  }

  @Test
  void a_completed_one_shows_score_and_branch() {
    assertThat(line.of("Hana Sato", completed(18, "medium", "nurture")))
        .isEqualTo("  Hana Sato    ✓company ✓person ✓news ✓score 18 →medium ✓nurture ✓tell-sales");
  }

  @Test
  void an_end_that_is_no_completion_is_named() {
    ExecutionProgress suspended =
        new ExecutionProgress(
            "SUSPENDED",
            List.of(step("company", "FAILED", 4)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(line.of("Fay Turner", suspended)).isEqualTo("  Fay Turner   ✗company x4 SUSPENDED");
  }

  @Test
  void what_does_not_fit_the_columns_is_left_out() {
    assertThat(new LeadLine(Style.signs(false), 50).of("Hana Sato", completed(18, "medium", "x")))
        .isEqualTo("  Hana Sato    ✓company ✓person ✓news ✓score 18");
  }

  @Test
  void colours_do_not_count_as_columns() {
    assertThat(
            new LeadLine(Style.signs(true), 80).of("Hana Sato", completed(18, "medium", "nurture")))
        .contains("tell-sales")
        .contains("\u001b[32m✓\u001b[0mcompany");
  }

  @Test
  void a_terminal_without_these_signs_gets_letters() {
    assertThat(
            new LeadLine(Style.letters(false), 80)
                .of("Ivo Petrov", completed(caught("person"), 7, "low", "archive")))
        .isEqualTo("  Ivo Petrov   +company fperson +news +score 7 >low +archive +tell-sales");
  }
}
