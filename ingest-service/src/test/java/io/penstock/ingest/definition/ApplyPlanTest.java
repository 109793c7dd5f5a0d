package io.penstock.ingest.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.ingest.definition.ApplyPlan.Result;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Located;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplyPlanTest {
  private static final String SOURCE =
      "kind: Source\nname: crm\nsignature: {scheme: none}\nevent: {id: random, type: created}";
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      description: first
      steps: [{id: tell, notify: {channel: chat, text: hello}}]
      """;

  private final List<Located<Definition>> onTopic = new ArrayList<>();

  @Test
  void what_is_new_is_created() {
    ApplyPlan plan = apply(SOURCE);
    assertThat(plan.results().values()).containsExactly(Result.CREATED);
    assertThat(plan.toWrite()).hasSize(1);
  }

  @Test
  void the_same_content_in_another_order_and_notation_is_unchanged() {
    given(WORKFLOW);
    ApplyPlan plan =
        apply(
            """
            # a comment
            {"version": "1.0.0", "name": "lead", "kind": "Workflow", "description": "first",
             "steps": [{"notify": {"text": "hello", "channel": "chat"}, "id": "tell"}]}
            """);
    assertThat(plan.results().values()).containsExactly(Result.UNCHANGED);
    assertThat(plan.toWrite()).isEmpty();
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void what_has_no_version_is_updated() {
    given(SOURCE);
    ApplyPlan plan = apply(SOURCE.replace("type: created", "type: changed"));
    assertThat(plan.results().values()).containsExactly(Result.UPDATED);
    assertThat(plan.conflicts()).isEmpty();
  }

  @Test
  void a_source_is_written_behind_the_workflows_that_it_starts_and_they_behind_what_they_use() {
    String channel = "kind: Channel\nname: chat\ntype: slack\nurl: secret://slack/chat";

    ApplyPlan plan = ApplyPlan.of(onTopic, List.of(read(SOURCE), read(WORKFLOW), read(channel)));

    assertThat(plan.toWrite().keySet())
        .extracting(DefinitionKey::kind)
        .containsExactly("Channel", "Workflow", "Source");
    assertThat(plan.results().keySet())
        .extracting(DefinitionKey::kind)
        .containsExactly("Source", "Workflow", "Channel");
  }

  @Test
  void a_version_with_other_content_is_a_conflict() {
    given(WORKFLOW);
    ApplyPlan plan = apply(WORKFLOW.replace("first", "second"));
    assertThat(plan.conflicts())
        .extracting(DefinitionKey::toString)
        .containsExactly("Workflow lead@1.0.0");
  }

  @Test
  void another_version_is_created_beside_the_first() {
    given(WORKFLOW);
    ApplyPlan plan = apply(WORKFLOW.replace("1.0.0", "1.0.1").replace("first", "second"));
    assertThat(plan.results().values()).containsExactly(Result.CREATED);
    assertThat(plan.conflicts()).isEmpty();
  }

  private void given(String yaml) {
    onTopic.add(read(yaml));
  }

  private ApplyPlan apply(String yaml) {
    return ApplyPlan.of(onTopic, List.of(read(yaml)));
  }

  private static Located<Definition> read(String yaml) {
    return DefinitionReader.read("test.yaml", yaml.getBytes(UTF_8)).definitions().getFirst();
  }
}
