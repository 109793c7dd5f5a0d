package io.penstock.console;

import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.kafka.TopicSetup;
import io.penstock.testbroker.TestKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A broker and a database for all tests of a run; injected into tests that want to stop one. */
public final class RealServers implements QuarkusTestResourceLifecycleManager {
  public static final int PARTITIONS = 4;

  private Path directory;
  private TestKafka kafka;
  private EmbeddedDatabase database;
  private int databasePort;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("penstock-console");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kafka = TestKafka.start(directory.resolve("kafka"));
    database = EmbeddedDatabase.start(directory.resolve("database"));
    databasePort = Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      new TopicSetup(admin, PARTITIONS, (short) 1).ensure();
    }
    return Map.of(
        "kafka.bootstrap.servers", kafka.bootstrapServers(),
        "quarkus.datasource.jdbc.url", database.jdbcUrl(),
        "quarkus.datasource.username", database.username());
  }

  @Override
  public void inject(TestInjector testInjector) {
    testInjector.injectIntoFields(this, new TestInjector.MatchesType(RealServers.class));
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public void stopDatabase() {
    database.close();
  }

  public void startDatabase() {
    database = EmbeddedDatabase.start(directory.resolve("database"), databasePort);
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
    }
    if (kafka != null) {
      kafka.close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
