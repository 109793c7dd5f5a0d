package io.penstock.standalone.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
  private final PrintWriter nowhere = new PrintWriter(Writer.nullWriter());

  @Test
  void a_terminal_has_colours_and_its_own_size() {
    Screen screen = Screen.of(nowhere, UTF_8, Map.of("TERM", "xterm"), "80x24");
    assertThat(screen.style()).isEqualTo(Style.signs(true));
    assertThat(screen.columns()).isEqualTo(80);
    assertThat(screen.rows()).isEqualTo(24);
  }

  @ParameterizedTest
  @CsvSource({"NO_COLOR,1", "CI,true", "TERM,dumb"})
  void it_is_plain_for_whoever_wants_that(String variable, String value) {
    Screen screen = Screen.of(nowhere, UTF_8, Map.of(variable, value), "80x24");
    assertThat(screen.style()).isEqualTo(Style.signs(false));
    assertThat(screen.rows()).isZero();
  }

  @Test
  void it_is_plain_where_there_is_no_terminal() {
    assertThat(Screen.of(nowhere, UTF_8, Map.of(), null).style().color()).isFalse();
  }

  @Test
  void signs_are_for_those_who_can_show_them() {
    assertThat(Screen.of(nowhere, US_ASCII, Map.of(), "80x24").style())
        .isEqualTo(Style.letters(true));
  }
}
