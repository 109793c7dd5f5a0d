package io.penstock.console;

import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.kafka.TopicSetup;
import io.penstock.testbroker.away.AloneWithKafka;
import io.penstock.testbroker.away.KafkaAway;
import io.penstock.testbroker.away.StoppableKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

@QuarkusTest
@TestProfile(KafkaAwayTest.Alone.class)
class KafkaAwayTest extends KafkaAway {
  public static final class Alone extends AloneWithKafka {
    public Alone() {
      super(WithTopicsAndDatabase.class);
    }
  }

  public static final class WithTopicsAndDatabase extends StoppableKafka {
    private EmbeddedDatabase database;

    @Override
    protected Map<String, String> settings(String bootstrapServers, Path directory) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
        new TopicSetup(admin, 1, (short) 1).ensure();
      }
      database = EmbeddedDatabase.start(directory.resolve("database"));
      return Map.of(
          "quarkus.datasource.jdbc.url", database.jdbcUrl(),
          "quarkus.datasource.username", database.username());
    }

    @Override
    public void stop() {
      super.stop();
      if (database != null) {
        database.close();
      }
    }
  }
}
