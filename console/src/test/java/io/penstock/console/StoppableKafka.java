package io.penstock.console;

import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.kafka.TopicSetup;
import io.penstock.testbroker.TestKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** A broker for one test, to be stopped before the application is. */
public final class StoppableKafka implements QuarkusTestResourceLifecycleManager {
  private TestKafka kafka;
  private EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    Path directory;
    try {
      directory = Files.createTempDirectory("penstock-kafka-away");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = TestKafka.start(directory.resolve("kafka"));
    database = EmbeddedDatabase.start(directory.resolve("database"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicSetup(admin, 1, (short) 1).ensure();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
    settings.put("quarkus.datasource.username", database.username());
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
    database.close();
  }
}
