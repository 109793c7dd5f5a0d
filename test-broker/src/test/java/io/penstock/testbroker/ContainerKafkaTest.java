package io.penstock.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.penstock.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** What can be said of the container where there may be no engine to start it. */
class ContainerKafkaTest {
  private static final String CLEAR =
      "-Dpenstock.test.kafka=testcontainers needs a container engine and none answers";

  @TempDir Path directory;

  @Test
  void it_is_told_every_setting_of_the_embedded_broker_and_no_other() {
    Map<String, String> told = new TreeMap<>();
    ContainerKafka.environment()
        .forEach(
            (variable, value) ->
                told.put(
                    variable.replaceFirst("^KAFKA_", "").toLowerCase(Locale.ROOT).replace('_', '.'),
                    value));

    assertThat(told)
        .isEqualTo(EmbeddedKafka.behaviour())
        .containsEntry("add.partitions.to.txn.retry.backoff.ms", "1")
        .containsEntry("group.share.min.session.timeout.ms", "6000");
  }

  @Test
  void what_testcontainers_sets_by_itself_does_not_win() {
    try (KafkaContainer container = ContainerKafka.container()) {
      assertThat(container.getEnvMap()).containsAllEntriesOf(ContainerKafka.environment());
    }
  }

  @Test
  void it_has_the_version_of_our_clients() {
    assertThat(ContainerKafka.image()).matches("apache/kafka:\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void without_an_engine_it_says_what_to_do() {
    assertThatThrownBy(() -> ContainerKafka.start(() -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(CLEAR)
        .hasMessageContaining("leave the property out");
  }

  @Test
  void a_machine_without_an_engine_is_recognised() {
    assumeFalse(
        DockerClientFactory.instance().isDockerAvailable(), "this machine has a container engine");

    assertThatThrownBy(() -> TestKafka.start(directory, "testcontainers"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(CLEAR);
  }
}
