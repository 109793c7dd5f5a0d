package io.penstock.worker;

import io.penstock.testbroker.TestKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A broker for one test, to be stopped before the application is. */
public final class StoppableKafka implements QuarkusTestResourceLifecycleManager {
  private TestKafka kafka;

  @Override
  public Map<String, String> start() {
    Path directory;
    try {
      directory = Files.createTempDirectory("penstock-kafka-away");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = TestKafka.start(directory.resolve("kafka"));
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    return settings;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(StoppableKafka.class));
  }

  public void goAway() {
    kafka.close();
  }

  @Override
  public void stop() {
    kafka.close();
  }
}
