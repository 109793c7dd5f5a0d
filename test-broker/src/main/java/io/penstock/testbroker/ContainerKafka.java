package io.penstock.testbroker;

import io.penstock.embedded.EmbeddedKafka;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Kafka's own image, of the version that our clients have, set up like the embedded broker. */
final class ContainerKafka {
  private ContainerKafka() {}

  static TestKafka start() {
    return start(() -> DockerClientFactory.instance().isDockerAvailable());
  }

  static TestKafka start(BooleanSupplier engineAnswers) {
    if (!engineAnswers.getAsBoolean()) {
      throw new IllegalStateException(
          "cannot start a broker: -D%s=%s needs a container engine and none answers; start one (for Podman name its socket in DOCKER_HOST), or leave the property out: the embedded broker needs none"
              .formatted(TestKafka.CHOICE, TestKafka.TESTCONTAINERS));
    }
    KafkaContainer container = container();
    container.start();
    return new TestKafka(container.getBootstrapServers(), container::stop);
  }

  /** Not started yet; what Testcontainers itself sets besides is where the broker listens. */
  static KafkaContainer container() {
    return new KafkaContainer(DockerImageName.parse(image())).withEnv(environment());
  }

  static String image() {
    return "apache/kafka:" + AppInfoParser.getVersion();
  }

  /** The image reads its settings from variables: {@code a.b.c} from {@code KAFKA_A_B_C}. */
  static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    EmbeddedKafka.behaviour()
        .forEach(
            (key, value) ->
                environment.put("KAFKA_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    return environment;
  }
}
