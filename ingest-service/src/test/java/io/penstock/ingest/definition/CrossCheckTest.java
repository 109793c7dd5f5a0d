package io.penstock.ingest.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.InvalidDefinitionException;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossCheckTest {
  private static final String CHAT =
      "{kind: Channel, name: chat, type: http, url: 'http://127.0.0.1:9/chat'}";

  @Test
  void a_new_workflow_may_use_what_stands_on_the_server() throws Exception {
    assertThat(CrossCheck.problems(List.of(file(workflow("new"))), onServer(CHAT))).isEmpty();
  }

  @Test
  void what_is_missing_is_told_with_the_place_in_the_new_file() throws Exception {
    assertThat(CrossCheck.problems(List.of(file(workflow("new"))), List.of()))
        .singleElement()
        .extracting(Problem::file)
        .isEqualTo("new.yaml");
  }

  @Test
  void what_was_wrong_already_does_not_stop_a_new_definition() throws Exception {
    assertThat(CrossCheck.problems(List.of(file(CHAT)), onServer(workflow("old")))).isEmpty();
    assertThat(
            CrossCheck.problems(
                List.of(file(CHAT.replace("chat", "other"))), onServer(workflow("old"))))
        .isEmpty();
  }

  @Test
  void what_the_new_ones_break_on_the_server_is_told_with_its_name() throws Exception {
    List<Located<Definition>> present = onServer(MODEL, prompt("1.0.0", "fine"), LLM_WORKFLOW);
    assertThat(CrossCheck.problems(List.of(file(prompt("1.1.0", "{{ vars.unknown }}"))), present))
        .isNotEmpty()
        .allSatisfy(
            problem -> assertThat(problem.file()).isEqualTo("Workflow asks@1.0.0 (on the server)"));
  }

  private static final String MODEL =
      """
      kind: Model
      name: small
      model: small-1
      baseUrl: https://api.example.com/v1
      """;

  private static final String LLM_WORKFLOW =
      """
      kind: Workflow
      name: asks
      version: 1.0.0
      on: [{source: /shop, type: paid}]
      steps: [{id: ask, llm: {prompt: question, variables: {known: '{{ input }}'}}}]
      """;

  private static String prompt(String version, String user) {
    return "kind: Prompt\nname: question\nversion: %s\nmodel: small\nuser: '%s'\n"
        .formatted(version, user);
  }

  private static String workflow(String name) {
    return """
        kind: Workflow
        name: %s
        version: 1.0.0
        on: [{source: /shop, type: paid}]
        steps: [{id: tell, notify: {channel: chat, text: hello}}]
        """
        .formatted(name);
  }

  private static Located<Definition> file(String yaml) {
    var reading = DefinitionReader.read("new.yaml", yaml.getBytes(UTF_8));
    assertThat(reading.problems()).isEmpty();
    return reading.definitions().getFirst();
  }

  private static List<Located<Definition>> onServer(String... yaml)
      throws InvalidDefinitionException {
    List<Located<Definition>> present = new ArrayList<>();
    for (String document : yaml) {
      present.add(DefinitionReader.readJson(file(document).json().utf8()));
    }
    return present;
  }
}
