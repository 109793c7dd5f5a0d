package io.penstock.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ColoursTest {
  @Test
  void only_a_terminal_that_wants_colours_gets_them() {
    assertThat(Colours.of(Map.of("TERM", "xterm"), true).enabled()).isTrue();
    assertThat(Colours.of(Map.of("TERM", "xterm"), false).enabled()).isFalse();
    assertThat(Colours.of(Map.of("NO_COLOR", "1"), true).enabled()).isFalse();
    assertThat(Colours.of(Map.of("NO_COLOR", ""), true).enabled()).isTrue();
    assertThat(Colours.of(Map.of("TERM", "dumb"), true).enabled()).isFalse();
  }
}
