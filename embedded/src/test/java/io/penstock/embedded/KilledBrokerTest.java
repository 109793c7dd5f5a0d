package io.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker's JVM is killed while it works, and another one starts on its data. */
class KilledBrokerTest {

  private static final String ACKNOWLEDGED = "acknowledged ";

  @TempDir Path directory;

  @Test
  void every_acknowledged_record_is_there_after_a_kill_and_the_successor_starts_at_once()
      throws Exception {
    List<String> acknowledged = acknowledgedBeforeTheKill();

    try (EmbeddedKafka kafka = StartTimes.of("Kafka after SIGKILL", () -> start(directory))) {
      assertThat(Records.all(kafka, "survivors")).containsSequence(acknowledged);
      Records.produce(kafka, "survivors", List.of("after"));
      assertThat(Records.all(kafka, "survivors")).endsWith("after");
    }
  }

  private List<String> acknowledgedBeforeTheKill() throws Exception {
    try (ChildJvm child = ChildJvm.start(Producing.class, directory.toString())) {
      child.awaitLine(ACKNOWLEDGED + "500");
      refusesASecondOwner();
      child.kill();
      long later =
          child.remainingLines().stream().filter(line -> line.startsWith(ACKNOWLEDGED)).count();
      return LongStream.rangeClosed(1, 500 + later).mapToObj(String::valueOf).toList();
    }
  }

  private void refusesASecondOwner() {
    assertThatThrownBy(() -> start(directory))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining(directory.toString());
  }

  private static EmbeddedKafka start(Path directory) {
    return EmbeddedKafka.start(directory);
  }

  /** Runs in the child: produces numbers without end and says which were acknowledged. */
  static final class Producing {
    public static void main(String[] arguments) throws Exception {
      EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]));
      Records.createTopic(kafka, "survivors");
      try (KafkaProducer<String, String> producer = Records.producer(kafka, Map.of())) {
        for (int number = 1; ; number++) {
          producer.send(new ProducerRecord<>("survivors", String.valueOf(number))).get();
          System.out.println(ACKNOWLEDGED + number);
        }
      }
    }
  }
}
