package io.penstock.console.network;

import io.penstock.console.RealServers;
import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.embedded.EmbeddedKafka;
import io.penstock.schema.kafka.TopicSetup;
import io.penstock.sicknetwork.SickProxy;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.postgresql.ds.PGSimpleDataSource;

/** A broker and a database; the console reaches each by a proxy, the test goes straight. */
public final class SickServers implements QuarkusTestResourceLifecycleManager {
  /** Of a connection that says nothing; the console's own default would make tests wait. */
  private static final String SOCKET_TIMEOUT_SECONDS = "4";

  private SickProxy toKafka;
  private SickProxy toDatabase;
  private EmbeddedKafka kafka;
  private EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory("penstock-console-network");
      toKafka = SickProxy.start();
      kafka = EmbeddedKafka.startWithDetour(directory.resolve("kafka"), 0, toKafka.port());
      toKafka.target(kafka.portBehindDetour());
      database = EmbeddedDatabase.start(directory.resolve("database"));
      toDatabase =
          SickProxy.before(Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      new TopicSetup(admin, RealServers.PARTITIONS, (short) 1).ensure();
    }
    return Map.of(
        "kafka.bootstrap.servers",
        "127.0.0.1:" + toKafka.port(),
        "quarkus.datasource.jdbc.url",
        database.jdbcUrl().replaceAll(":\\d+/", ":" + toDatabase.port() + "/"),
        "quarkus.datasource.username",
        database.username(),
        "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout",
        SOCKET_TIMEOUT_SECONDS);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(SickServers.class));
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  DataSource database() {
    PGSimpleDataSource straight = new PGSimpleDataSource();
    straight.setUrl(database.jdbcUrl());
    straight.setUser(database.username());
    return straight;
  }

  SickProxy toKafka() {
    return toKafka;
  }

  SickProxy toDatabase() {
    return toDatabase;
  }

  @Override
  public void stop() {
    toKafka.close();
    toDatabase.close();
    database.close();
    kafka.close();
  }
}
