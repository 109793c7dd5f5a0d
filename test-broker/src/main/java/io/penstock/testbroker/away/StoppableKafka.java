package io.penstock.testbroker.away;

import io.penstock.testbroker.TestKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A broker for one test, to be stopped before the application is. */
public class StoppableKafka implements QuarkusTestResourceLifecycleManager {
  private TestKafka kafka;

  @Override
  public final Map<String, String> start() {
    Path directory;
    try {
      directory = Files.createTempDirectory("penstock-kafka-away");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = TestKafka.start(directory.resolve("kafka"));
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.putAll(settings(kafka.bootstrapServers(), directory));
    return settings;
  }

  /**
   * Prepares what else the application needs, and returns its settings.
   *
   * @param directory empty but for the broker's records
   */
  protected Map<String, String> settings(String bootstrapServers, Path directory) {
    return Map.of();
  }

  @Override
  public final void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(StoppableKafka.class));
  }

  public final void goAway() {
    kafka.close();
  }

  @Override
  public void stop() {
    kafka.close();
  }
}
