package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One table row per mistake: {@code invalid-definitions.csv} is shared with the JSON Schema's test.
 */
class ProblemsOfDefinitionsTest {
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/definitions/invalid-definitions.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1,
      maxCharsPerColumn = 10_000)
  void a_mistake_is_named_with_its_place_and_a_remedy(
      String mistake, String yaml, String path, String expected, boolean schemaSees) {
    Reading reading = read(yaml);
    assertThat(reading.definitions()).isEmpty();
    assertThat(reading.problems())
        .as(mistake)
        .anySatisfy(
            problem -> {
              assertThat(problem.path()).isEqualTo(path == null ? "" : path);
              assertThat(problem.message()).contains(expected);
              assertThat(problem.line()).isPositive();
            });
  }

  @Test
  void all_problems_of_a_definition_are_reported_at_once() {
    assertThat(
            read("""
                    kind: Workflow
                    name: Leads
                    version: 1.0
                    on: [{sorce: crm, type: x}]
                    steps:
                      - id: a
                        enrich: {api: crm, request: {method: FETCH, path: leads}}
                        retry: {delays: [5]}
                      - id: a
                        if: {}
                        llm: {prompt: p, variables: {x: "{{ inputt.y }} {{ input. }}"}}
                    """)
                .problems())
        .extracting(Problem::toString)
        .satisfiesExactly(
            p -> assertThat(p).startsWith("test.yaml:2:7 /name: 'Leads' is no name"),
            p -> assertThat(p).startsWith("test.yaml:3:10 /version: text is expected"),
            p -> assertThat(p).startsWith("test.yaml:4:6 /on/0: a trigger needs 'source'"),
            p -> assertThat(p).contains("4:7 /on/0/sorce: a trigger has no field 'sorce'; did you"),
            p -> assertThat(p).startsWith("test.yaml:7:42 /steps/0/enrich/request/method: 'FETCH'"),
            p -> assertThat(p).contains("/steps/0/enrich/request/path: a path starts with '/'"),
            p -> assertThat(p).startsWith("test.yaml:8:22 /steps/0/retry/delays/0: a duration"),
            p -> assertThat(p).contains("/steps/1/id: there is already a step 'a' in line 6"),
            p -> assertThat(p).startsWith("test.yaml:10:5 /steps/1/if: 'if' is"),
            p -> assertThat(p).startsWith("test.yaml:11:41 /steps/1/llm/variables/x: there is no"));
  }

  @Test
  void the_place_of_an_expression_inside_a_block_is_exact() {
    Reading reading =
        read(
            """
            kind: Prompt
            name: p
            version: 1.0.0
            model: m
            user: |
              First line
              and {{ vars.a }} then {{ oops }}
            system: "say {{ vars. }}"
            """);
    assertThat(reading.problems())
        .extracting(problem -> problem.line() + ":" + problem.column() + problem.path())
        .containsExactly("7:28/user", "8:22/system");
  }

  /** What stands where a reference belongs may be the secret itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{kind: Api, name: a, baseUrl: 'https://a.example', auth: {bearer: hunter2}}",
        "{kind: Api, name: a, baseUrl: 'https://u:hunter2@a.example'}",
        "{kind: Api, name: a, baseUrl: 'https://a.example?key=hunter2'}",
        "{kind: Model, name: a, model: m, baseUrl: 'https://a.example', apiKey: hunter2}",
        "{kind: Channel, name: a, type: slack, url: 'hunter2'}",
        "{kind: Channel, name: a, type: http, url: 'https://a.example', secret: hunter2}",
        "{kind: Source, name: a, signature: {scheme: hmac, header: x, secrets: [hunter2]}, event: {id: random, type: t}}",
        "{kind: Api, name: a, baseUrl: 'https://a.example', headers: {Authorization: hunter2}}",
      })
  void a_secret_that_stands_in_a_definition_is_not_repeated(String yaml) {
    assertThat(read(yaml).problems())
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.message()).doesNotContain("hunter2"));
  }

  private static Reading read(String yaml) {
    return DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
