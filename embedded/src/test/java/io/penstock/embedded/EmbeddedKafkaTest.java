package io.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @TempDir Path directory;

  @Test
  void records_and_group_offsets_are_there_after_a_stop() throws Exception {
    try (EmbeddedKafka kafka = StartTimes.of("Kafka, new", () -> EmbeddedKafka.start(directory))) {
      Records.createTopic(kafka, "kept");
      Records.produce(kafka, "kept", List.of("one", "two"));
      assertThat(firstUnread(kafka, "readers")).isEqualTo("one");
    }
    try (EmbeddedKafka kafka = StartTimes.of("Kafka, old", () -> EmbeddedKafka.start(directory))) {
      assertThat(Records.all(kafka, "kept")).containsExactly("one", "two");
      assertThat(firstUnread(kafka, "readers")).isEqualTo("two");
    }
  }

  @Test
  void transactions_and_share_groups_are_the_ones_we_build_on() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        Admin admin = Records.admin(kafka)) {
      var features = admin.describeFeatures().featureMetadata().get().finalizedFeatures();
      assertThat(features.get("transaction.version").maxVersionLevel()).isEqualTo((short) 2);
      assertThat(features.get("share.version").maxVersionLevel()).isEqualTo((short) 1);

      Records.createTopic(kafka, "committed");
      try (KafkaProducer<String, String> producer =
          Records.producer(kafka, Map.of("transactional.id", "one"))) {
        producer.initTransactions();
        for (String value : List.of("first", "second")) {
          producer.beginTransaction();
          producer.send(new ProducerRecord<>("committed", value)).get();
          producer.commitTransaction();
        }
      }
      try (KafkaConsumer<String, String> consumer =
          Records.consumer(kafka, Map.of("group.id", "g", "isolation.level", "read_committed"))) {
        consumer.subscribe(Set.of("committed"));
        assertThat(consumer.poll(Duration.ofSeconds(20)).iterator().next().value())
            .isEqualTo("first");
      }
    }
  }

  @Test
  void a_topic_that_nobody_declared_is_not_created() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
        Admin admin = Records.admin(kafka);
        KafkaProducer<String, String> producer =
            Records.producer(kafka, Map.of("max.block.ms", "500"))) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("undeclared", "x")).get())
          .isInstanceOf(ExecutionException.class);
      assertThatThrownBy(() -> admin.describeTopics(List.of("undeclared")).allTopicNames().get())
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void a_taken_port_is_named() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, Loopback.address())) {
      int taken = other.getLocalPort();
      assertThatThrownBy(() -> EmbeddedKafka.start(directory, taken))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining("127.0.0.1:" + taken)
          .hasMessageContaining("choose another port");
    }
    // The refusal kept nothing: neither the directory nor a port.
    EmbeddedKafka.start(directory).close();
  }

  @Test
  void the_port_that_was_asked_for_is_used_and_free_again_after_close() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, Loopback.address())) {
      port = free.getLocalPort();
    }
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port)) {
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    }
    EmbeddedKafka again = EmbeddedKafka.start(directory, port);
    again.close();
    again.close();
  }

  @Test
  void a_directory_in_use_is_named() {
    try (EmbeddedKafka holder = EmbeddedKafka.start(directory)) {
      assertThatThrownBy(() -> EmbeddedKafka.start(directory))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("another live server uses this directory");
      assertThat(holder.fault().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void a_first_start_that_was_killed_while_formatting_is_repeated() throws Exception {
    Path unfinished = Files.createDirectories(directory.resolve("records.unfinished"));
    Files.writeString(unfinished.resolve("bootstrap.checkpoint"), "torn");
    Files.writeString(
        unfinished.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");

    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
      Records.createTopic(kafka, "works");
    }
    assertThat(unfinished).doesNotExist();
  }

  @Test
  void records_that_Kafka_refuses_are_an_error_that_names_the_directory() throws Exception {
    Path records = Files.createDirectories(directory.resolve("records"));
    Files.writeString(records.resolve("meta.properties"), "version=1\nnode.id=7\ncluster.id=x\n");

    assertThatThrownBy(() -> EmbeddedKafka.start(directory))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("cannot start Kafka in " + directory);
  }

  private static String firstUnread(EmbeddedKafka kafka, String group) {
    try (KafkaConsumer<String, String> consumer =
        Records.consumer(
            kafka,
            Map.of("group.id", group, "max.poll.records", "1", "enable.auto.commit", "false"))) {
      consumer.subscribe(Set.of("kept"));
      String value = consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
      consumer.commitSync();
      return value;
    }
  }
}
