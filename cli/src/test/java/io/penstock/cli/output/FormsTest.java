package io.penstock.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.Penstock;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class FormsTest {
  /** Fits every question. */
  private static final String ANSWER =
      """
      {"id":"lead~k1","status":"COMPLETED","workflow":"lead","version":"1.10","steps":[],
       "executions":[{"id":"a","status":"WAITING","durationMs":250,"note":"no"}],"empty":{},"none":[],
       "definitions":[{"kind":"Api","name":"on","result":"created"}],"waitingFor":[],
       "events":[{"id":"0123","executions":["lead~k1"]}],
       "records":[{"sequence":1,"at":"2026-11-22T12:00:00Z","status":"COMPLETED","facts":[]}],
       "next":null,"text":"Ada Łovelace: 李 # \\u202e\\u001b[2J\\n- x","ratio":0.5,"yes":true}""";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate DIR",
        "apply -f DIR",
        "emit --source /shop --type a --id 0123",
        "emit --source /shop --type a --id 0123 --wait",
        "executions list",
        "executions show x",
        "executions show x --all",
        "executions show x --history",
        "executions show x --follow"
      })
  void yaml_says_the_same_as_json(String command) throws Exception {
    Files.writeString(directory.resolve("api.yaml"), "kind: Api\nname: a\nbaseUrl: http://a\n");
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                Said.ok(
                    asked.target().contains("after=")
                        ? ANSWER.replace("\"next\":null", "\"end\":1")
                        : ANSWER))) {
      String json = run(command + " -o json", server);
      String yaml = run(command + " -o yaml", server);

      List<Object> fromJson = new ArrayList<>();
      if (command.contains("--follow")) {
        for (String line : json.lines().toList()) {
          fromJson.add(Json.parse(line.getBytes(UTF_8)).value());
        }
      } else {
        fromJson.add(Json.parse(json.strip().getBytes(UTF_8)).value());
      }
      List<Object> fromYaml = new ArrayList<>();
      new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
          .loadAllFromString(yaml)
          .forEach(document -> fromYaml.add(plain(document)));
      assertThat(fromYaml).isEqualTo(fromJson);
      assertThat(yaml + json).doesNotContain("\u001b", "\u202e");
    }
  }

  @Test
  void a_text_that_older_readers_take_for_something_else_stands_in_quotes() {
    Map<String, Object> value = new LinkedHashMap<>();
    for (String text : List.of("no", "Y", "on", "1.10", "012", "2026-11-22", "12:30:45", "~", "")) {
      value.put("k" + value.size(), text);
    }

    assertThat(Yaml.document(value).lines()).allMatch(line -> line.matches("k\\d: \".*\""));
    assertThat(Yaml.document(Map.of("id", "lead~k1"))).isEqualTo("id: lead~k1\n");
  }

  @Test
  void an_unsafe_letter_beyond_the_first_plane_is_escaped_as_yaml_has_it() {
    String text = new String(Character.toChars(0xE0001));

    String yaml = Yaml.document(Map.of("t", text));

    assertThat(yaml).isEqualTo("t: \"\\U000e0001\"\n");
    assertThat(new Load(LoadSettings.builder().build()).loadFromString(yaml))
        .isEqualTo(Map.of("t", text));
  }

  private String run(String command, ScriptedServer server) {
    boolean asks = !command.startsWith("validate");
    String whole =
        command.replace("DIR", directory.toString()) + (asks ? " --server " + server.url() : "");
    Penstock result = Penstock.run(whole.split(" "));
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  /** Integers are longs in our JSON. */
  private static Object plain(Object value) {
    return switch (value) {
      case Integer number -> number.longValue();
      case List<?> list -> list.stream().map(FormsTest::plain).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> all = new LinkedHashMap<>();
        map.forEach((name, member) -> all.put(name, plain(member)));
        yield all;
      }
      case null -> null;
      default -> value;
    };
  }
}
