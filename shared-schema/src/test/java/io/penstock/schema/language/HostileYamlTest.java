package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileYamlTest {
  private static final String CHANNEL =
      "kind: Channel\nname: a\ntype: http\nurl: https://a.example/hook\n";

  @Test
  void a_billion_laughs_are_refused() {
    StringBuilder yaml = new StringBuilder("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (char c = 'b'; c <= 'i'; c++) {
      String before = "*" + (char) (c - 1);
      yaml.append(c).append(": &").append(c).append(" [");
      yaml.append(String.join(", ", List.of(before, before, before, before, before)));
      yaml.append("]\n");
    }
    assertThat(problem(yaml.toString())).contains("more than 20000 values");
  }

  @Test
  void many_aliases_are_refused() {
    String yaml = "a: &a 1\nb: [" + "*a, ".repeat(60) + "1]\n";
    assertThat(problem(yaml)).startsWith("test.yaml:2:").contains("more than 50 aliases");
  }

  @Test
  void an_anchor_that_holds_itself_is_refused() {
    assertThat(problem("a: &a [*a]")).contains("no finished anchor &a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void a_depth_bomb_is_refused(String open) {
    assertThat(problem(open.repeat(100_000))).contains("nested deeper than 50 levels");
  }

  @Test
  void a_file_of_ten_megabytes_is_refused() {
    assertThat(problem(" ".repeat(10 * 1024 * 1024)))
        .contains("has 10485760 bytes, more than 1048576");
  }

  @Test
  void many_values_are_refused() {
    assertThat(problem("a: [" + "1,".repeat(30_000) + "]")).contains("more than 20000 values");
  }

  @Test
  void a_definition_that_no_broker_would_take_is_refused() {
    String yaml = CHANNEL.replace("/hook", "/" + "x".repeat(300 * 1024));
    assertThat(problem(yaml)).contains("more than 262144");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: !!javax.script.ScriptEngineManager [x]",
        "!custom {a: 1}",
        "a: !!binary aGVsbG8=",
        "!!map {a: 1}",
        "? !x a\n: 1",
      })
  void tags_are_refused(String yaml) {
    assertThat(problem(yaml)).contains("YAML tags");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'kind: Api\nname: a\nkind: Api' | test.yaml:3:1 /kind: 'kind' stands twice",
        "'{a: {b: 1, b: 2}}' | test.yaml:1:12 /a/b: 'b' stands twice",
        "'? [a]\n: 1' | a name must be plain text",
        "'a:\n\tb: 1' | not by tabs",
        "'a: b: c' | in quotes",
        "'a: [1, 2' | no YAML",
        "'a: \"open' | no YAML",
        "'a: *nowhere' | no finished anchor &nowhere",
        "'x: .nan' | no number that JSON has",
        "'x: 1e999' | no number that JSON has",
        "'%YAML 9.9\n---\na: 1' | no YAML",
        "'a: \u0007' | control character U+0007",
        "'just text' | a definition is an object with fields; this is text",
        "'42' | this is a number",
        "'- a' | this is a list",
        "'' | there is no definition in this file",
        "'---\n---' | there is no definition in this file",
        "'# only a comment' | there is no definition in this file",
        "'<<: {kind: Api}' | a definition needs 'kind'",
      })
  void what_is_no_definition_is_refused_with_its_place(String yaml, String expected) {
    assertThat(problem(yaml)).startsWith("test.yaml:").contains(expected);
  }

  @Test
  void a_byte_order_mark_does_no_harm() {
    assertThat(read(("\uFEFF" + CHANNEL).getBytes(StandardCharsets.UTF_8)).problems()).isEmpty();
  }

  @Test
  void windows_line_ends_do_no_harm() {
    assertThat(read(CHANNEL.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)).problems())
        .isEmpty();
  }

  @Test
  void other_encodings_are_refused() {
    assertThat(read("kind: Käse".getBytes(StandardCharsets.ISO_8859_1)).problems())
        .singleElement()
        .asString()
        .contains("not UTF-8");
    assertThat(read(CHANNEL.getBytes(StandardCharsets.UTF_16)).problems())
        .singleElement()
        .asString()
        .contains("not UTF-8");
  }

  @Test
  void an_alias_within_the_limits_is_taken() {
    Reading reading =
        read(
            """
            kind: Workflow
            name: a
            version: 1.0.0
            steps:
              - {id: one, notify: &tell {channel: ops, text: hello}}
              - {id: two, notify: *tell}
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.definitions()).hasSize(1);
  }

  private static String problem(String yaml) {
    Reading reading = read(yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.definitions()).isEmpty();
    assertThat(reading.problems()).isNotEmpty();
    return reading.problems().getFirst().toString();
  }

  private static Reading read(byte[] bytes) {
    return DefinitionReader.read("test.yaml", bytes);
  }
}
