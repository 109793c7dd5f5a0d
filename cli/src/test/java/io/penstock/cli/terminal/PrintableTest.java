package io.penstock.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void what_moves_the_cursor_or_colours_the_screen_is_escaped() {
    assertThat(Printable.line("\u001b[2Jcleared\r\u0007\u009b31m"))
        .isEqualTo("\\u001b[2Jcleared\\u000d\\u0007\\u009b31m");
  }

  @Test
  void what_turns_the_direction_of_writing_is_escaped() {
    assertThat(Printable.line("file\u202Etxt.exe")).isEqualTo("file\\u202etxt.exe");
  }

  @Test
  void a_line_stays_a_line() {
    assertThat(Printable.line("a\nb")).isEqualTo("a\\nb");
    assertThat(Printable.lines("a\nb")).isEqualTo("a\nb");
  }

  @Test
  void letters_of_all_languages_pass() {
    assertThat(Printable.line("Ada Łovelace 李 😀")).isEqualTo("Ada Łovelace 李 😀");
  }

  @Test
  void escaped_json_is_the_same_json() throws Exception {
    Json json = Json.of(Map.of("text", "\u009b31m\u202E\u007f\n"));

    String printed = Printable.json(json.toString());

    assertThat(printed).doesNotContain("\u009b", "\u202e", "\u007f");
    assertThat(Json.parse(printed.getBytes(UTF_8)).value()).isEqualTo(json.value());
  }
}
