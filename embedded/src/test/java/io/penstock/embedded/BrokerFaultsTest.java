package io.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BrokerFaultsTest {

  private final BrokerFaults faults = new BrokerFaults();
  private final AtomicInteger actions = new AtomicInteger();

  @Test
  void the_first_fatal_fault_is_reported_and_the_JVM_lives() {
    var handler = faults.build("raft", true, actions::incrementAndGet);

    RuntimeException first = handler.handleFault("log torn", new IllegalStateException("why"));
    RuntimeException second = handler.handleFault("again", null);

    assertThat(faults.first()).isCompletedWithValue(first);
    assertThat(first).hasMessageContaining("raft: log torn").hasRootCauseMessage("why");
    assertThat(second).hasMessageContaining("raft: again");
    assertThat(actions).hasValue(2);
  }

  @Test
  void a_fault_that_Kafka_can_live_with_is_not() {
    RuntimeException reported =
        faults.build("publishing", false, actions::incrementAndGet).handleFault("late", null);

    assertThat(reported).isNotNull();
    assertThat(faults.first()).isNotDone();
    assertThat(actions).hasValue(1);
  }
}
