package io.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What step topics ask of share groups. */
class ShareGroupsTest {

  @TempDir Path directory;

  @Test
  void a_member_that_came_late_gets_the_records_once() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      Records.createTopic(kafka, "steps");
      Records.produce(kafka, "steps", List.of("one", "two"));
      configure(kafka, "workers", "share.auto.offset.reset", "earliest");

      List<String> seen = new ArrayList<>();
      try (KafkaShareConsumer<String, String> worker =
          new KafkaShareConsumer<>(
              Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "workers"),
              new StringDeserializer(),
              new StringDeserializer())) {
        worker.subscribe(Set.of("steps"));
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .until(
                () -> {
                  worker.poll(Duration.ofMillis(100)).forEach(step -> seen.add(step.value()));
                  return seen.size() >= 2;
                });
        worker.commitSync();
      }
      assertThat(seen).containsExactly("one", "two");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "share.record.lock.duration.ms, 15000",
    "share.record.lock.duration.ms, 60000",
    "share.delivery.count.limit, 10",
    "share.partition.max.record.locks, 10000",
    "share.isolation.level, read_committed"
  })
  void a_group_may_set(String key, String value) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      configure(kafka, "workers", key, value);
    }
  }

  private static void configure(EmbeddedKafka kafka, String group, String key, String value)
      throws Exception {
    try (Admin admin = Records.admin(kafka)) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, group),
                  List.of(
                      new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}
