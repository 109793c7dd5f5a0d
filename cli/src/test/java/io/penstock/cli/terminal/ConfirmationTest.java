package io.penstock.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
  @Test
  void only_a_written_yes_is_one() {
    assertThat(answered(" Yes ")).isTrue();
    assertThat(answered("y")).isTrue();
    assertThat(answered("yo")).isFalse();
    assertThat(answered("")).isFalse();
    assertThat(answered(null)).as("end of input").isFalse();
  }

  @Test
  void the_question_cannot_steer_the_terminal() {
    StringWriter shown = new StringWriter();
    Confirmation.by(() -> "y").agrees("Discard \u001b[2J?", new PrintWriter(shown));

    assertThat(shown).hasToString("Discard \\u001b[2J? [y/N] ");
  }

  private static boolean answered(String answer) {
    return Confirmation.by(() -> answer).agrees("?", new PrintWriter(new StringWriter()));
  }
}
