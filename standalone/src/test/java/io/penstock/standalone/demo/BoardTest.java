package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written);

  @Test
  void on_a_terminal_lines_change_where_they_are() {
    Board board = new Board(out, true, 2);
    board.open();
    board.show(List.of("a 1", "b 1"), Duration.ZERO);
    assertThat(written).hasToString("\n\n\u001b[2A\r\u001b[2Ka 1\n\r\u001b[2Kb 1\n");
  }

  @Test
  void elsewhere_each_change_is_a_line_with_its_time() {
    Board board = new Board(out, false, 2);
    board.open();
    board.show(List.of("  a 1", "  b 1"), Duration.ofMillis(120));
    board.show(List.of("  a 1", "  b 2"), Duration.ofMillis(12_340));
    assertThat(written).hasToString("  0.12 s  a 1\n  0.12 s  b 1\n 12.34 s  b 2\n");
  }

  @Test
  void what_has_not_changed_is_not_written_again() {
    Board board = new Board(out, true, 1);
    board.show(List.of("a"), Duration.ZERO);
    String once = written.toString();
    board.show(List.of("a"), Duration.ofSeconds(1));
    assertThat(written).hasToString(once);
  }
}
