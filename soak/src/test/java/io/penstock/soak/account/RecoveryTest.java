package io.penstock.soak.account;

import static io.penstock.soak.account.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.soak.account.Recovery.Passage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static Passage way(int partition, long sent, long accepted, long ended) {
    return new Passage(partition, at(sent), at(accepted), Optional.of(at(ended)));
  }

  @Test
  void service_is_back_when_an_event_has_gone_through_every_partition() {
    Optional<Recovery> recovery =
        Recovery.of(at(1000), List.of(way(0, 1100, 1200, 1500), way(1, 1150, 1300, 2500)), 2);

    assertThat(recovery)
        .contains(
            new Recovery(Duration.ofMillis(200), Duration.ofMillis(500), Duration.ofMillis(1500)));
  }

  @Test
  void what_was_sent_before_proves_nothing() {
    assertThat(Recovery.of(at(1000), List.of(way(0, 1100, 1200, 1500), way(1, 900, 1300, 2500)), 2))
        .isEmpty();
  }

  @Test
  void nor_does_what_has_not_ended() {
    Passage open = new Passage(0, at(1100), at(1200), Optional.empty());

    assertThat(Recovery.of(at(1000), List.of(open), 1)).isEmpty();
  }
}
