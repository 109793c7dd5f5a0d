package io.penstock.ingest.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.ingest.Yaml;
import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.problem.Rejection;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.EventAccepted.Start;
import io.penstock.schema.message.EventKey;
import io.penstock.schema.message.ExecutionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
  @Test
  void every_workflow_with_a_matching_trigger_is_started_in_its_version() throws Exception {
    List<Start> starts =
        starts(
            Map.of("total", 30L),
            workflow("first", "- {source: crm, type: created}"),
            workflow("second", "- {source: crm, type: created, when: data.total > 25}"),
            workflow("other-type", "- {source: crm, type: deleted}"),
            workflow("other-source", "- {source: shop, type: created}"),
            workflow("not-wanted", "- {source: crm, type: created, when: data.total > 99}"));
    EventKey key = EventKey.of("crm", "1", Optional.empty());
    assertThat(starts)
        .containsExactly(
            new Start("first", "1.0.0", ExecutionId.of("first", key)),
            new Start("second", "1.0.0", ExecutionId.of("second", key)));
  }

  @Test
  void a_workflow_with_several_matching_triggers_is_started_once() throws Exception {
    assertThat(
            starts(
                Map.of("total", 30L),
                workflow(
                    "w",
                    "- {source: crm, type: created, when: data.total > 1}\n  - {source: crm, type: created}")))
        .hasSize(1);
  }

  @Test
  void what_an_alert_tells_of_starts_the_workflow_of_its_latest_version() throws Exception {
    DefinitionIndex index = new DefinitionIndex();
    for (String version : List.of("1.0.0", "1.1.0")) {
      index.put(
          DefinitionReader.fromJson(
              Json.of(
                      Map.of(
                          "kind", "Alert",
                          "name", "tell",
                          "version", version,
                          "on", List.of("failed"),
                          "channel", "on-call"))
                  .utf8()));
    }
    IncomingEvent event =
        new IncomingEvent(
            "penstock",
            "1",
            "alert.tell",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Json.of(Map.of("kind", "failed")));

    assertThat(Subscriptions.of(index.currentWorkflows()).startsOf(event))
        .containsExactly(
            new Start("alert.tell", "1.1.0", ExecutionId.of("alert.tell", event.key())));
  }

  @Test
  void nobody_subscribed_is_no_error() throws Exception {
    assertThat(starts(Map.of())).isEmpty();
  }

  @Test
  void a_condition_sees_type_source_and_an_absent_subject() throws Exception {
    assertThat(
            starts(
                Map.of(),
                workflow(
                    "w",
                    "- {source: crm, type: created, when: 'type == \"created\" && source == \"crm\" && subject == null'}")))
        .hasSize(1);
  }

  @Test
  void a_condition_that_cannot_be_decided_refuses_the_event_and_names_the_workflow() {
    Rejection refused =
        refusal(
            Map.of("email", "canary@example.com"),
            workflow("fine", "- {source: crm, type: created}"),
            workflow("broken", "- {source: crm, type: created, when: data.total > 25}"));
    assertThat(refused.reason()).isEqualTo(Reason.TRIGGER);
    assertThat(refused.extensions())
        .containsEntry("workflow", "broken")
        .containsEntry("expression", "data.total > 25");
    assertThat(refused.detail()).doesNotContain("canary");
  }

  @Test
  void every_violation_of_every_started_workflow_is_told_with_its_place() {
    String schema =
        "\ninput: {schema: {type: object, required: [email], properties: {size: {type: integer}}}}";
    Rejection refused =
        refusal(
            Map.of("size", "canary"),
            workflow("a", "- {source: crm, type: created}" + schema),
            workflow("b", "- {source: crm, type: created}" + schema),
            workflow("c", "- {source: crm, type: created, when: 'false'}" + schema));
    assertThat(refused.reason()).isEqualTo(Reason.INPUT_SCHEMA);
    assertThat(refused.extensions().get("violations"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Map.class))
        .extracting(v -> v.get("workflow") + " " + v.get("pointer"))
        .containsExactlyInAnyOrder("a ", "a /size", "b ", "b /size");
    assertThat(refused.extensions().toString()).doesNotContain("canary");
  }

  @Test
  void with_a_partition_key_the_execution_id_ends_with_the_event() throws Exception {
    IncomingEvent event =
        new IncomingEvent(
            "crm",
            "1",
            "created",
            Optional.empty(),
            Optional.empty(),
            Optional.of("a@b.c"),
            Json.EMPTY_OBJECT);
    List<Start> starts =
        Subscriptions.of(List.of(workflow("w", "- {source: crm, type: created}"))).startsOf(event);
    assertThat(starts.getFirst().execution())
        .isEqualTo(ExecutionId.of("w", EventKey.of("crm", "1", Optional.of("a@b.c"))));
  }

  private static List<Start> starts(Map<String, Object> data, Workflow... workflows)
      throws RejectedException {
    return Subscriptions.of(List.of(workflows))
        .startsOf(
            new IncomingEvent(
                "crm",
                "1",
                "created",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Json.of(data)));
  }

  private static Rejection refusal(Map<String, Object> data, Workflow... workflows) {
    RejectedException refused =
        catchThrowableOfType(RejectedException.class, () -> starts(data, workflows));
    assertThat(refused).isNotNull();
    return refused.rejection();
  }

  private static Workflow workflow(String name, String on) {
    return Yaml.definition(
        Workflow.class,
        """
        kind: Workflow
        name: %s
        version: 1.0.0
        on:
          %s
        steps:
          - id: tell
            notify: {channel: chat, text: hello}
        """
            .formatted(name, on));
  }
}
