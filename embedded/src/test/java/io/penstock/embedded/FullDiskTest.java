package io.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk of a broker is full: it ends, acknowledges nothing that it has not, and comes back. */
@Timeout(180) // a broker starts twice, and a full one takes its time to end
class FullDiskTest {
  private static final String SAID = "listens at ";
  private static final int RECORD_BYTES = 50_000;
  private static final int MOST_RECORDS = 10_000;

  @TempDir Path directory;

  @Test
  void what_was_acknowledged_before_the_disk_was_full_is_there_when_it_has_room_again()
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 200)) {
      disk.load(100);
      List<String> acknowledged;
      try (ChildJvm broker = ChildJvm.start(Broker.class, disk.folder().toString())) {
        acknowledged = fill(broker.awaitLine(SAID));
        assertThat(acknowledged).hasSizeBetween(1, MOST_RECORDS - 1);
        broker.awaitEnd();
      }
      disk.drop();
      try (EmbeddedKafka again = EmbeddedKafka.start(disk.folder())) {
        List<String> found =
            Records.all(again, "events").stream().map(FullDiskTest::number).toList();
        assertThat(found).containsAll(acknowledged).doesNotHaveDuplicates();
        Records.produce(again, "events", List.of("more"));
        assertThat(Records.all(again, "events")).last().isEqualTo("more");
      }
    }
  }

  /** Until one record is refused, or not acknowledged in time. */
  private static List<String> fill(String bootstrapServers) throws InterruptedException {
    List<String> acknowledged = new ArrayList<>();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "max.block.ms",
                5_000,
                "request.timeout.ms",
                2_000,
                "delivery.timeout.ms",
                5_000),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < MOST_RECORDS; i++) {
        producer.send(new ProducerRecord<>("events", i + " " + "x".repeat(RECORD_BYTES))).get();
        acknowledged.add(String.valueOf(i));
      }
    } catch (ExecutionException refused) {
      // What this waited for.
    }
    return acknowledged;
  }

  private static String number(String value) {
    return value.substring(0, value.indexOf(' '));
  }

  static final class Broker {
    public static void main(String[] arguments) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]));
      Records.createTopic(kafka, "events");
      System.out.println(SAID + kafka.bootstrapServers());
      // As 'penstock dev' does, if Kafka has not ended the JVM itself.
      kafka.fault().thenRun(() -> Runtime.getRuntime().halt(1));
      Thread.currentThread().join();
    }
  }
}
