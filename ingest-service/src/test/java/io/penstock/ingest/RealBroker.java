package io.penstock.ingest;

import io.penstock.embedded.EmbeddedKafka;
import io.penstock.testbroker.TestKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** The broker of all tests in this module, and the secrets of their senders. */
public final class RealBroker implements QuarkusTestResourceLifecycleManager {
  public static final String HMAC_SECRET = "It's a Secret to Everybody";
  public static final String STANDARD_SECRET =
      "whsec_"
          + Base64.getEncoder()
              .encodeToString(
                  "a key of twenty-four byte".getBytes(java.nio.charset.StandardCharsets.UTF_8));

  private Path directory;
  private TestKafka kafka;
  private EmbeddedKafka successor;
  private String bootstrapServers;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("penstock-ingest-test");
      Path secrets = Files.createDirectories(directory.resolve("secrets").resolve("sender"));
      Files.writeString(secrets.resolve("hmac"), HMAC_SECRET + "\n");
      Files.writeString(secrets.resolve("standard"), STANDARD_SECRET + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = TestKafka.start(directory.resolve("kafka"));
    bootstrapServers = kafka.bootstrapServers();
    return Map.of(
        "kafka.bootstrap.servers",
        bootstrapServers,
        "penstock.secrets.directory",
        directory.resolve("secrets").toString());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(RealBroker.class));
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  public void goAway() {
    kafka.close();
  }

  /**
   * On the same port, with the same data: only the embedded one can, see {@link BrokerAwayTest}.
   */
  public void comeBack() {
    int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
    successor = EmbeddedKafka.start(directory.resolve("kafka"), port);
  }

  @Override
  public void stop() {
    if (successor != null) {
      successor.close();
    }
    if (kafka != null) {
      kafka.close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
