package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be read inside and behind steps with others inside. */
class InsideReferencesTest {
  private static final String OTHERS =
      """
      kind: Channel
      name: ops
      type: http
      url: https://ops.example
      ---
      kind: Model
      name: default
      model: m
      baseUrl: https://model.example/v1
      ---
      kind: Prompt
      name: judge
      version: 1.0.0
      model: default
      user: "{{ vars.text }}"
      output: {type: object, properties: {total: {type: number}}}
      """;

  /** Each word in capitals is a place for an expression. */
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: w
      version: 1.0.0
      steps:
        - id: before
          llm: {prompt: judge, variables: {text: t}}
        - id: both
          parallel:
            join: any
            branches:
              - name: one
                steps:
                  - {id: first, notify: {channel: ops, text: "{{ FIRST }}"}}
                  - {id: judged, llm: {prompt: judge, variables: {text: "{{ JUDGED }}"}}}
              - name: other
                steps: [{id: beside, notify: {channel: ops, text: "{{ BESIDE }}"}}]
          catch: [{output: {gone: "{{ CAUGHT }}"}}]
        - id: each
          foreach:
            items: ITEMS
            as: contact
            steps:
              - {id: call, llm: {prompt: judge, variables: {text: "{{ CALL }}"}}}
              - id: chunks
                foreach:
                  items: contact.orders
                  as: orders
                  chunk: 20
                  steps: [{id: file, notify: {channel: ops, text: "{{ FILE }}"}}]
        - {id: last, notify: {channel: ops, text: "{{ LAST }}"}}
      output: "{{ OUTPUT }}"
      """;

  @ParameterizedTest
  @CsvSource({
    "FIRST, steps.before.output.total",
    "JUDGED, steps.first.output.any",
    "BESIDE, input.x",
    "CAUGHT, error.type",
    "ITEMS, steps.both.output.other.list",
    "CALL, contact.email + string(index)",
    "CALL, steps.both.output.one.total",
    "CALL, 'input.list.map(contact, contact.x)'",
    "FILE, contact.email + orders[0].id",
    "FILE, 'orders.map(one, one.id)'",
    "FILE, steps.call.output.total + double(index)",
    "LAST, steps.both.output.one.total",
    "LAST, steps.both.output.other.anything",
    "LAST, steps.both.output.gone",
    "LAST, steps.each.output.items[0].items",
    "LAST, steps.each.output.failed",
    "OUTPUT, 'steps.each.output.items.filter(one, one != null)'",
  })
  void what_is_there_may_be_read(String place, String expression) {
    assertThat(problems(place, expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FIRST | steps.beside.output.x | /steps/1/parallel/branches/0/steps/0/notify/text | it comes later, or in another branch",
        "BESIDE | steps.first.output.x | /steps/1/parallel/branches/1/steps/0/notify/text | it comes later, or in another branch",
        "CAUGHT | steps.first.output.x | /steps/1/catch/0/output/gone | has no output yet here",
        "ITEMS | steps.call.output.x | /steps/2/foreach/items | has no output yet here",
        "ITEMS | steps.both.output.both | /steps/2/foreach/items | no such member; there is one, other",
        "CALL | steps.judged.output.total | /steps/2/foreach/steps/0/llm/variables/text | step 'judged' stands inside 'both'; read steps.both.output here",
        "CALL | steps.each.output.items | /steps/2/foreach/steps/0/llm/variables/text | has no output yet here",
        "CALL | index.x | /steps/2/foreach/steps/0/llm/variables/text | 'index' is a number",
        "FILE | orders.id | /steps/2/foreach/steps/1/foreach/steps/0/notify/text | with 'chunk' it is a list of items; go through it, e.g. orders.map(one, one.id)",
        "LAST | steps.call.output.total | /steps/3/notify/text | step 'call' stands inside 'each'; read steps.each.output here",
        "LAST | steps.file.output.x | /steps/3/notify/text | step 'file' stands inside 'each'",
        "LAST | steps.both.output.one.totl | /steps/3/notify/text | has no such member",
        "LAST | steps.each.output.item | /steps/3/notify/text | no such member; did you mean 'items'?",
        "LAST | steps.each.output.items.total | /steps/3/notify/text | no such member",
        "OUTPUT | steps.first.output.x | /output | stands inside 'both'",
      })
  void what_cannot_be_there_is_a_problem(
      String place, String expression, String path, String expected) {
    assertThat(problems(place, expression))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.message()).contains(expected);
            });
  }

  private static List<Problem> problems(String place, String expression) {
    String workflow =
        WORKFLOW
            .replaceFirst("\\b" + place + "\\b", expression)
            .replace("items: ITEMS", "items: input.list")
            .replaceAll("\\{\\{ [A-Z]+ }}", "{{ input.email }}");
    Reading reading =
        DefinitionReader.read(
            "test.yaml", (OTHERS + "---\n" + workflow).getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    return DefinitionSet.of(reading.definitions()).problems();
  }
}
