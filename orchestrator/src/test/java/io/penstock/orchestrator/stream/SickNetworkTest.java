package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.embedded.EmbeddedKafka;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepOutcome;
import io.penstock.sicknetwork.SickProxy;
import io.penstock.sicknetwork.Toxics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Between the orchestrator and its broker bytes are late, cut or lost; it goes on alone, and what
 * it decided stands in history once. Workers and the test reach the broker straight.
 */
@Timeout(240) // sessions end in their own time, and a busy machine adds to it
class SickNetworkTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String LEAD =
      """
      kind: Workflow
      name: lead
      version: 1.0.0
      on: [{source: crm, type: contact.created}]
      steps:
        - {id: company, enrich: {api: apollo, request: {method: GET, path: /x}}}
        - {id: tell, notify: {api: crm, request: {method: POST, path: /x}}}
      """;

  @TempDir Path directory;
  private final List<ExecutionId> executions = new ArrayList<>();
  private SickProxy proxy;
  private OnePartitionBroker broker;
  private ScriptedWorker worker;
  private OrchestratorStreams orchestrator;

  @BeforeEach
  void start() throws Exception {
    proxy = SickProxy.start();
    EmbeddedKafka kafka =
        EmbeddedKafka.startWithDetour(directory.resolve("kafka"), 0, proxy.port());
    proxy.target(kafka.portBehindDetour());
    broker = new OnePartitionBroker(directory, kafka.bootstrapServers(), kafka::close);
    broker.define(LEAD);
    worker =
        new ScriptedWorker(
            broker.bootstrapServers(),
            call -> Optional.of(new StepOutcome.Succeeded(Json.of(Map.of("ok", true)))));
    orchestrator = broker.orchestrator("127.0.0.1:" + proxy.port());
    happen(1);
    assertAllCompleteOnce();
  }

  @AfterEach
  void stop() throws Exception {
    proxy.heal();
    orchestrator.close();
    worker.close();
    proxy.close();
    broker.close();
  }

  /** Takes 100 s: that long its clients wait for answers, one after the other. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.long", matches = "true")
  void a_broker_that_is_lost_without_a_word_is_found_again() {
    happen(5);
    proxy.loseAll();
    happen(5);
    proxy.heal();
    assertAllCompleteOnce();
  }

  @Test
  void connections_that_are_reset_all_the_time_only_make_it_late() {
    for (int i = 0; i < 4; i++) {
      happen(3);
      proxy.reset();
      int known = executions.size() - 3;
      await().atMost(PATIENCE).until(() -> completed(executions.get(known)) > 0);
    }
    assertAllCompleteOnce();
  }

  @Test
  void a_slow_way_only_makes_it_late() {
    proxy.set(
        Toxics.NONE
            .withLatency(Duration.ofMillis(20), Duration.ofMillis(30))
            .withSlicesOf(200)
            .withBandwidth(200_000));
    happen(5);
    assertAllCompleteOnce();
  }

  private void happen(int events) {
    for (int i = 0; i < events; i++) {
      executions.add(broker.event("e" + executions.size(), "lead", "1.0.0"));
    }
  }

  private void assertAllCompleteOnce() {
    await()
        .atMost(PATIENCE)
        .until(() -> executions.stream().allMatch(execution -> completed(execution) > 0));
    for (ExecutionId execution : executions) {
      List<HistoryRecord> history = broker.history(execution);
      assertThat(completed(execution)).as("ends of %s", execution).isEqualTo(1);
      assertThat(history).extracting(HistoryRecord::sequence).doesNotHaveDuplicates().isSorted();
      assertThat(facts(history, Fact.ExecutionStarted.class)).isEqualTo(1);
      assertThat(facts(history, Fact.StepCompleted.class)).isEqualTo(2);
    }
  }

  private long completed(ExecutionId execution) {
    return facts(broker.history(execution), Fact.ExecutionCompleted.class);
  }

  private static long facts(List<HistoryRecord> history, Class<? extends Fact> kind) {
    return history.stream()
        .flatMap(record -> record.facts().stream())
        .filter(kind::isInstance)
        .count();
  }
}
