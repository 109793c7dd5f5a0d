package io.penstock.benchmark.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.benchmark.machine.MachineUse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentCostTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          kafka-producer-network-thread | penstock-ingest-inputs                        ; INGEST
          kafka-producer-network-thread | penstock-orchestrator-13fc-StreamThread-1-producer ; ORCHESTRATOR
          penstock-orchestrator-76cb4bf9-7079-43bf-ace9-58e0b7a48d3a-StreamThread-1     ; ORCHESTRATOR
          kafka-producer-network-thread | penstock-timers                               ; ORCHESTRATOR
          kafka-coordinator-heartbeat-thread | penstock-definitions-orchestrator-vm-1   ; ORCHESTRATOR
          kafka-producer-network-thread | penstock-outcomes-vm-20337-056b               ; WORKERS
          consumer_background_thread                                                    ; WORKERS
          ForkJoinPool-1-worker-1                                                       ; REQUESTS_AND_ATTEMPTS
          vert.x-eventloop-thread-0                                                     ; REQUESTS_AND_ATTEMPTS
          console-projection                                                            ; PROJECTION
          kafka-coordinator-heartbeat-thread | penstock-console-projection              ; PROJECTION
          data-plane-kafka-request-handler-3                                            ; BROKER
          share-coordinator-event-processor-0                                           ; BROKER
          executor-ShareFetch                                                           ; BROKER
          kafka-1-raft-io-thread                                                        ; BROKER
          C2 CompilerThread0                                                            ; COMPILER
          VM Thread                                                                     ; COLLECTOR
          GC Thread#1                                                                   ; COLLECTOR
          """)
  void a_thread_belongs_to(String thread, Component component) {
    assertThat(Component.ofThread(thread)).contains(component);
  }

  @Test
  void parts_other_processes_and_what_nobody_owns_add_up_to_all_of_it() {
    MachineUse use =
        new MachineUse(
            Map.of("penstock", 10.0, "postgresql", 1.0),
            Map.of(),
            0,
            20,
            Map.of("console-projection", 2.0, "VM Thread", 3.0, "Common-Cleaner", 1.0));

    ComponentCost cost = ComponentCost.of(use, "penstock", 1_000);

    assertThat(cost.msPerExecution())
        .containsEntry("projection", 2.0)
        .containsEntry("JVM: garbage collector", 3.0)
        .containsEntry("broker", 0.0)
        .containsEntry("postgresql", 1.0)
        // One second of the cleaner, and four of threads that have ended.
        .containsEntry(ComponentCost.REST, 5.0);
    assertThat(cost.msPerExecution().values().stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(11, within(1e-9));
    assertThat(cost.unknown()).containsExactly("Common-Cleaner");
  }
}
