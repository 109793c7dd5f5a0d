package io.penstock.orchestrator.stream;

import static org.awaitility.Awaitility.await;

import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator with a name need not wait for the end of its predecessor's session. */
class KilledAndStartedAgainTest {
  private static final Duration SESSION = Duration.ofMinutes(5);
  private static final String WORKFLOW =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - {id: call, enrich: {api: crm, request: {method: POST, path: /x}}}
      """;

  @TempDir Path directory;

  @Test
  void with_its_name_it_has_its_partitions_back_at_once() throws Exception {
    try (OnePartitionBroker broker = new OnePartitionBroker(directory);
        ScriptedWorker worker =
            new ScriptedWorker(
                broker.bootstrapServers(),
                call -> Optional.of(new StepOutcome.Succeeded(Json.of(Map.of("ok", true)))))) {
      broker.define(WORKFLOW);
      try (OrchestratorJvm doomed = start(broker, "doomed")) {
        awaitCompleted(broker, "before");
        doomed.kill();
      }
      try (OrchestratorJvm successor = start(broker, "successor")) {
        awaitCompleted(broker, "after");
      }
    }
  }

  private OrchestratorJvm start(OnePartitionBroker broker, String name) throws Exception {
    return OrchestratorJvm.start(
        broker.bootstrapServers(),
        broker.stateDirectory(),
        Duration.ofMillis(100),
        SESSION,
        Optional.of("one"),
        directory.resolve(name + ".log"));
  }

  private static void awaitCompleted(OnePartitionBroker broker, String event) {
    var execution = broker.event(event, "lead", "1.0.0");
    await().atMost(OnePartitionBroker.PATIENCE).until(() -> broker.history(execution).size() > 1);
  }
}
