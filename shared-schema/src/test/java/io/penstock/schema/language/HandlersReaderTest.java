package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps that wait, and steps that handle failures. */
class HandlersReaderTest {
  private static final String YAML =
      """
      kind: Channel
      name: ops
      type: slack
      url: secret://slack/ops
      ---
      kind: Workflow
      name: patient
      version: 1.0.0
      steps:
        - {id: first, notify: {channel: ops, text: hello}}
        - id: judge
          foreach:
            items: input.list
            as: one
            steps:
              - id: ask
                notify: {channel: ops, text: "{{ one }}"}
                catch:
                  - steps:
                      - {id: say, notify: {channel: ops, text: "{{ SAY }}"}}
                      - {id: breathe, wait: WAIT}
                    output: {done: "{{ LEFT }}"}
          catch:
            - steps: [{id: tell, notify: {channel: ops, text: "{{ TELL }}"}}]
        - {id: last, notify: {channel: ops, text: "{{ LAST }}"}}
      catch:
        - errors: [timeout]
          output: {late: "{{ CAUGHT }}"}
        - steps: [{id: sorry, notify: {channel: ops, text: "{{ SORRY }}"}}]
      finally:
        - {id: tidy, notify: {channel: ops, text: "{{ TIDY }}"}}
      """;

  @Test
  void handlers_are_read_with_their_steps_in_their_slots() {
    Workflow workflow = workflow(yaml("NOTHING", "1"));
    assertThat(workflow.step(new StepPath("judge/3/ask/catch0/breathe"))).isPresent();
    assertThat(workflow.step(new StepPath("judge/catch0/tell"))).isPresent();
    assertThat(workflow.step(new StepPath("@workflow/catch1/sorry"))).isPresent();
    assertThat(workflow.stepsIn(new ScopePath("@workflow/catch0"))).isEmpty();
    assertThat(workflow.stepsIn(new ScopePath("@workflow/catch2"))).isEmpty();
    assertThat(workflow.stepsIn(new ScopePath("@workflow/0"))).isEmpty();
    assertThat(workflow.stepsIn(new ScopePath("@workflow/finally")))
        .extracting(Step::id)
        .containsExactly("tidy");
    assertThat(workflow.handlers().catches())
        .extracting(Catch::handling)
        .hasExactlyElementsOfTypes(Catch.FallbackOutput.class, Catch.FallbackSteps.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10m | 10m",
        "{for: PT10M} | PT10M",
        "\"{{ one.minutes }}m\" | {{ one.minutes }}m",
        "{for: \"{{ error.attempts }}m\"} | {{ error.attempts }}m",
      })
  void a_wait_has_one_time_however_it_is_written(String wait, String time) {
    Step step =
        workflow(yaml("NOTHING", "1").replace("wait: 1s", "wait: " + wait))
            .step(new StepPath("judge/0/ask/catch0/breathe"))
            .orElseThrow();
    assertThat(step.action())
        .isInstanceOfSatisfying(
            Action.Wait.class, read -> assertThat(read.time().source().value()).isEqualTo(time));
  }

  @ParameterizedTest
  @CsvSource({
    "SAY, error.type + error.message + error.step + string(error.attempts)",
    "SAY, error.input.body.anything",
    "SAY, error",
    "SAY, one.x + string(index)",
    "SAY, steps.first.output.x",
    "LEFT, steps.say.output.x + error.type",
    "TELL, error.step",
    "LAST, steps.judge.output",
    "CAUGHT, steps.judge.output.failed",
    "SORRY, 'error.type + steps.?last.output.orValue(\"\")'",
    "TIDY, 'error == null ? \"fine\" : error.type'",
    "TIDY, steps.last.output.x",
  })
  void what_is_there_may_be_read(String place, String expression) {
    assertThat(problems(place, expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SAY | error.tipe | 'error' has attempts, input, message, step, type",
        "SAY | steps.ask.output.x | has no output yet here",
        "SAY | steps.breathe.output | has no output yet here",
        "LEFT | steps.breathe.output.x | has no such member",
        "TELL | steps.say.output.x | has no output yet here",
        "LAST | error.type | 'error' has no value here",
        "LAST | steps.tell.output.x | step 'tell' stands inside 'judge'; read steps.judge.output here",
        "LAST | steps.sorry.output.x | has no output yet here",
        "SORRY | steps.tidy.output.x | has no output yet here",
        "TIDY | steps.sorry.output.x | has no output yet here",
        "TIDY | steps.tidi.output.x | there is no step 'tidi'",
      })
  void what_cannot_be_there_is_named(String place, String expression, String expected) {
    assertThat(problems(place, expression))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains(expected));
  }

  private static String yaml(String place, String expression) {
    String yaml = YAML.replace("wait: WAIT", "wait: 1s").replace(place, expression);
    for (String other : List.of("SAY", "LEFT", "TELL", "LAST", "CAUGHT", "SORRY", "TIDY")) {
      yaml = yaml.replace("{{ " + other + " }}", "{{ 1 }}");
    }
    return yaml;
  }

  private static List<Problem> problems(String place, String expression) {
    String text = yaml("{{ " + place + " }}", "{{ " + expression.replace("\"", "'") + " }}");
    Reading reading = DefinitionReader.read("test.yaml", text.getBytes(StandardCharsets.UTF_8));
    return reading.problems().isEmpty()
        ? DefinitionSet.of(reading.definitions()).problems()
        : reading.problems();
  }

  private static Workflow workflow(String yaml) {
    Reading reading = DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    return reading.definitions().stream()
        .map(Located::definition)
        .filter(Workflow.class::isInstance)
        .map(Workflow.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
