package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import io.penstock.schema.message.StepRequested;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays that change something, through the log and the stores, and over a take-over. */
class ReplayTopologyTest {
  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - id: company
          enrich: {api: apollo, request: {method: POST, path: /enrich, body: {email: "{{ input.email }}"}}}
          retry: {delays: [1s]}
        - id: tell
          notify: {api: crm, request: {method: POST, path: /deals, body: {name: "{{ steps.company.output.nmae }}"}}}
      """;

  private static final String FIXED = LEAD.replace("1.0.0", "1.0.1").replace("nmae", "name");
  private static final String EDITED = "{\"input\":{\"email\":\"b@b\"}}";

  @TempDir Path stateDir;
  private final List<TestRecord<byte[], byte[]>> changelog = new ArrayList<>();
  private TopologyHarness topology;
  private ExecutionId execution;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(stateDir.resolve("first"), 0);
    topology.define(LEAD);
    execution = topology.event("e1", "lead", "1.0.0", "{\"email\":\"a@b\"}");
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void an_edit_outlives_retries_deferrals_and_a_take_over() {
    topology.fails(only(StepKind.ENRICH).id(), StepError.of(ErrorType.AUTHENTICATION, "401"));
    topology.deadLetters(Topic.STEPS_ENRICH);
    replay("edit", Optional.of(edit("b@b")), Optional.empty());
    StepRequested edited = only(StepKind.ENRICH);
    assertThat(edited.id()).isEqualTo(new CommandId(execution, new StepPath("company"), 2, 1, 1));
    assertThat(edited.context()).hasToString(EDITED);

    isTakenOver();
    topology.outcome(
        edited.id(),
        new StepOutcome.Deferred(Duration.ofSeconds(2), "rate limit", Optional.empty()));
    topology.pass(Duration.ofSeconds(2));
    StepRequested redelivered = only(StepKind.ENRICH);
    assertThat(redelivered.id().delivery()).isEqualTo(2);
    assertThat(redelivered.context()).hasToString(EDITED);

    isTakenOver();
    topology.fails(redelivered.id(), StepError.of(ErrorType.COMMUNICATION, "503"));
    topology.pass(Duration.ofSeconds(1));
    StepRequested retried = only(StepKind.ENRICH);
    assertThat(retried.id().attempt()).isEqualTo(2);
    assertThat(retried.context()).hasToString(EDITED);
    assertThat(retried.id().idempotencyKey()).isEqualTo(edited.id().idempotencyKey());

    isTakenOver();
    topology.fails(retried.id(), StepError.of(ErrorType.COMMUNICATION, "503"));
    assertThat(new String(topology.deadLetters(Topic.STEPS_ENRICH).getFirst().value(), UTF_8))
        .contains("\"context\":" + EDITED);
  }

  @Test
  void an_execution_goes_on_with_the_version_it_was_moved_to_also_after_a_take_over() {
    topology.succeeds(only(StepKind.ENRICH).id(), "{\"name\":\"Ada & Co\"}");
    StepRequested broken = only(StepKind.NOTIFY);
    assertThat(broken.context()).hasToString("{\"steps\":{\"company\":{\"output\":{}}}}");
    topology.fails(broken.id(), StepError.of(ErrorType.EXPRESSION, "no nmae"));
    topology.history();

    replay("early", Optional.empty(), Optional.of("1.0.1"));
    assertThat(topology.facts())
        .containsExactly(
            new Fact.InputIgnored(
                IgnoredReason.NOT_APPLICABLE,
                "replay early",
                Optional.of("workflow 'lead' has no version 1.0.1 here")));
    assertThat(topology.commands(StepKind.NOTIFY)).isEmpty();

    topology.define(FIXED);
    replay("now", Optional.empty(), Optional.of("1.0.1"));
    HistoryRecord moved = topology.history().getFirst();
    assertThat(moved.version()).contains("1.0.1");
    assertThat(moved.facts().getFirst())
        .isEqualTo(new Fact.ExecutionMoved("1.0.0", "1.0.1", "ann", "because"));
    StepRequested fixed = only(StepKind.NOTIFY);
    assertThat(fixed.version()).isEqualTo("1.0.1");
    assertThat(fixed.id().generation()).isEqualTo(2);
    assertThat(fixed.context())
        .hasToString("{\"steps\":{\"company\":{\"output\":{\"name\":\"Ada & Co\"}}}}");

    isTakenOver();
    topology.define(FIXED);
    topology.outcome(
        fixed.id(), new StepOutcome.Deferred(Duration.ZERO, "rate limit", Optional.empty()));
    topology.pass(Duration.ofSeconds(1));
    assertThat(only(StepKind.NOTIFY).version()).isEqualTo("1.0.1");
    topology.succeeds(fixed.id(), "{}");
    assertThat(topology.history().getLast().status()).contains(ExecutionStatus.COMPLETED);
    assertThat(topology.commands(StepKind.ENRICH)).as("a finished step is kept").isEmpty();
  }

  /** By another process, which has the changelog and nothing else. */
  private void isTakenOver() {
    changelog.addAll(topology.changelog());
    topology.close();
    topology = new TopologyHarness(stateDir.resolve("after-" + changelog.size()), 0);
    topology.define(LEAD);
    topology.restore(changelog);
  }

  private void replay(String id, Optional<Json> patch, Optional<String> version) {
    topology.input(
        new Control(
            id,
            execution,
            Control.Verb.REPLAY,
            "ann",
            "because",
            Optional.empty(),
            patch,
            version));
  }

  private static Json edit(String email) {
    return Json.trusted(
        "[{\"op\":\"replace\",\"path\":\"/input/email\",\"value\":\"%s\"}]"
            .formatted(email)
            .getBytes(UTF_8));
  }

  private StepRequested only(StepKind kind) {
    List<StepRequested> commands = topology.commands(kind);
    assertThat(commands).hasSize(1);
    return commands.getFirst();
  }
}
