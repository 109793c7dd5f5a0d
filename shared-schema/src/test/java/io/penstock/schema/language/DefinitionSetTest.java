package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionSetTest {
  private static final String OTHERS =
      """
      {kind: Source, name: crm, signature: {scheme: none}, event: {id: random, type: t}}
      ---
      {kind: Api, name: apollo, baseUrl: 'https://apollo.example'}
      ---
      {kind: Channel, name: sales, type: http, url: 'https://hook.example'}
      ---
      {kind: Model, name: small, model: m, baseUrl: 'https://m.example/v1'}
      ---
      kind: Prompt
      name: scoring
      version: 1.2.0
      model: small
      user: "{{ vars.lead }} {{ vars.company.name }}"
      output: {type: object, properties: {total: {type: number}, parts: {type: object, properties: {fit: {type: number}}}}}
      ---
      {kind: Prompt, name: scoring, version: 1.10.0, model: small, user: "{{ vars.lead }}", output: {type: object, properties: {total: {type: number}}}}
      ---
      {kind: Prompt, name: free, version: 1.0.0, model: small, user: "hello"}
      """;

  private static final String WORKFLOW =
      """
      kind: Workflow
      name: leads
      version: 1.0.0
      on: [{source: SOURCE, type: t}]
      input:
        schema: {type: object, additionalProperties: false, properties: {email: {type: string}, who: {type: object}}}
      steps:
        - id: company
          enrich: {api: APOLLO, request: {method: GET, path: "/{{ COMPANY }}"}}
          catch:
            - output: {size: 0, seen: "{{ CATCH }}"}
        - id: score
          llm: {prompt: PROMPT, MODEL variables: {VARIABLES}}
          catch:
            - output: {total: 0, source: fallback}
        - id: pick
          route:
            - when: WHEN
              steps:
                - {id: first, notify: {channel: CHANNEL, text: a}}
                - {id: second, notify: {channel: sales, text: "{{ SECOND }}"}}
            - otherwise:
              steps:
                - {id: third, notify: {channel: sales, text: "{{ THIRD }}"}}
        - id: last
          notify: {channel: sales, text: "so {{ LAST }}"}
      output: {a: ["{{ OUTPUT }}"]}
      """;

  @Test
  void what_fits_together_has_no_problems() {
    assertThat(problemsWith("LAST", "input.email")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "LAST | steps.score.output.total",
        "LAST | steps.score.output.source",
        "LAST | steps.company.output.anything.goes",
        "LAST | steps.pick.output.name",
        "LAST | steps.pick.output.output.id",
        "LAST | steps['pick'].output.branch",
        "LAST | size(steps)",
        "LAST | steps.score",
        "LAST | execution.id",
        "LAST | input.who.ever",
        "SECOND | steps.first.output.x",
        "SECOND | steps.score.output.total",
        "CATCH | error.type + error.message",
        "OUTPUT | steps.last.output.x",
        "SOURCE | https://other.example/events",
      })
  void what_can_be_there_may_be_read(String place, String expression) {
    assertThat(problemsWith(place, expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SOURCE | crn | /on/0/source | there is no Source 'crn'; did you mean 'crm'?",
        "APOLLO | apolo | /steps/0/enrich/api | there is no Api 'apolo'; did you mean 'apollo'?",
        "CHANNEL | slack | /steps/2/route/0/steps/0/notify/channel | there is no Channel 'slack'; there is sales",
        "PROMPT | scorin | /steps/1/llm/prompt | did you mean 'scoring'?",
        "PROMPT | scoring@3.0.0 | /steps/1/llm/prompt | has no version 3.0.0; its latest here is 1.10.0",
        "PROMPT | scoring@1.2.0 | /steps/1/llm/variables | prompt 'scoring@1.2.0' reads vars.company",
        "MODEL | `model: big,` | /steps/1/llm/model | there is no Model 'big'",
        "VARIABLES | `other: 1` | /steps/1/llm/variables | reads vars.lead",
        "LAST | steps.scor.output.total | /steps/3/notify/text | there is no step 'scor'; did you mean 'score'?",
        "LAST | steps.score.output.totl | /steps/3/notify/text | has no such member; did you mean 'total'?",
        "LAST | steps.score.output.total.x | /steps/3/notify/text | no such member",
        "LAST | steps.score.total | /steps/3/notify/text | there is only its 'output'",
        "LAST | steps.pick.output.route | /steps/3/notify/text | no such member",
        "LAST | steps.first.output.x | /steps/3/notify/text | stands inside 'pick'; read steps.pick.output here",
        "LAST | steps.last.output.x | /steps/3/notify/text | has no output yet",
        "LAST | input.emial | /steps/3/notify/text | input.schema does not allow it",
        "LAST | input.email.domain | /steps/3/notify/text | input.schema does not allow it",
        "LAST | execution.name | /steps/3/notify/text | 'execution' has id, version, workflow",
        "WHEN | steps.pick.output.name == 'a' | /steps/2/route/0/when | has no output yet",
        "SECOND | steps.third.output.x | /steps/2/route/0/steps/1/notify/text | has no output yet",
        "THIRD | steps.first.output.x | /steps/2/route/1/steps/0/notify/text | has no output yet",
        "COMPANY | steps.score.output.total | /steps/0/enrich/request/path | has no output yet",
        "CATCH | steps.company.output.x | /steps/0/catch/0/output/seen | has no output yet",
        "CATCH | error.code | /steps/0/catch/0/output/seen | 'error' has attempts, input, message, step, type",
        "OUTPUT | steps.third.output.x | /output/a/0 | stands inside 'pick'",
      })
  void what_cannot_be_there_is_a_problem(
      String place, String written, String path, String expected) {
    assertThat(problemsWith(place, written))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo(path);
              assertThat(problem.message()).contains(expected);
              assertThat(problem.line()).isGreaterThan(1);
            });
  }

  @Test
  void a_mail_goes_through_a_mail_server_and_nothing_else_does() {
    String server =
        "\n---\n{kind: Channel, name: letters, type: smtp, host: m.example, from: a@m.example}";
    String mail = "channel: letters, to: '{{ input.email }}', subject: '{{ SUBJECT }}'";
    String fits = workflow("channel: CHANNEL", mail).replace("SUBJECT", "input.email") + server;
    assertThat(set(fits).problems()).isEmpty();
    assertThat(set(fits.replace("channel: letters", "channel: sales")).problems())
        .singleElement()
        .asString()
        .contains("/steps/2/route/0/steps/0/notify: Channel 'sales' sends no mails");
    assertThat(set(workflow("CHANNEL", "letters") + server).problems())
        .singleElement()
        .asString()
        .contains("/steps/2/route/0/steps/0/notify: Channel 'letters' sends mails; write to:");
    assertThat(set(fits.replace("subject: '{{ input.email", "subject: '{{ input.gone")).problems())
        .singleElement()
        .asString()
        .contains("/steps/2/route/0/steps/0/notify/subject: ");
    String after = "text: \"{{ steps.first.output.%s }}\"}}";
    String reads =
        fits.replace(
            "text: \"{{ input.email }}\"}}\n      - otherwise", after + "\n      - otherwise");
    assertThat(reads).isNotEqualTo(fits);
    assertThat(set(reads.formatted("messageId")).problems()).isEmpty();
    assertThat(set(reads.formatted("text")).problems()).hasSize(1);
  }

  @Test
  void an_answer_without_a_schema_is_text() {
    String yaml =
        workflow("LAST", "steps.score.output.text")
            .replace("prompt: scoring", "prompt: free")
            .replace("steps.score.output.total > 25", "input.email == ''")
            .replace("total: 0, source: fallback", "text: none");
    assertThat(set(yaml).problems()).isEmpty();
    assertThat(set(yaml.replace("output.text", "output.total")).problems()).hasSize(1);
  }

  @Test
  void the_latest_version_is_the_greatest_not_the_last_in_the_alphabet() {
    DefinitionSet set = set(workflow("LAST", "input.email"));
    assertThat(set.prompt(new PromptReference("scoring", Optional.empty())).orElseThrow().version())
        .isEqualTo("1.10.0");
    assertThat(
            set.prompt(new PromptReference("scoring", Optional.of("1.2.0")))
                .orElseThrow()
                .version())
        .isEqualTo("1.2.0");
    assertThat(set.workflow("leads", "1.0.0")).isPresent();
    assertThat(set.workflow("leads", "2.0.0")).isEmpty();
  }

  @Test
  void two_definitions_of_one_key_are_a_problem_unless_they_are_the_same() {
    String one = "{kind: Channel, name: a, type: http, url: 'https://a.example'}";
    String other = "{kind: Channel, name: a, type: http, url: 'https://b.example'}";
    assertThat(DefinitionSet.of(read(one + "\n---\n" + one).definitions()).problems()).isEmpty();
    assertThat(DefinitionSet.of(read(one + "\n---\n" + other).definitions()).problems())
        .singleElement()
        .hasToString(
            "test.yaml:3:23 /name: there is already another Channel a in test.yaml; give one of them another name");
  }

  @Test
  void a_prompt_needs_its_model() {
    assertThat(
            DefinitionSet.of(
                    read("{kind: Prompt, name: p, version: 1.0.0, model: gone, user: u}")
                        .definitions())
                .problems())
        .singleElement()
        .hasToString("test.yaml:1:48 /model: there is no Model 'gone'");
  }

  private static java.util.List<Problem> problemsWith(String place, String written) {
    return set(workflow(place, written)).problems();
  }

  private static String workflow(String place, String written) {
    return WORKFLOW
        .replaceFirst(place, java.util.regex.Matcher.quoteReplacement(written))
        .replace("SOURCE", "crm")
        .replace("APOLLO", "apollo")
        .replace("CHANNEL", "sales")
        .replace("PROMPT", "scoring")
        .replace("MODEL", "")
        .replace("VARIABLES", "lead: '{{ input }}'")
        .replace("WHEN", "steps.score.output.total > 25")
        .replaceAll("\\{\\{ (COMPANY|CATCH|SECOND|THIRD|OUTPUT|LAST) }}", "{{ input.email }}");
  }

  private static DefinitionSet set(String workflow) {
    Reading reading = read(OTHERS + "\n---\n" + workflow);
    assertThat(reading.problems()).isEmpty();
    return DefinitionSet.of(reading.definitions());
  }

  private static Reading read(String yaml) {
    return DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
