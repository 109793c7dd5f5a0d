package io.penstock.orchestrator.start;

import io.penstock.testbroker.away.AloneWithKafka;
import io.penstock.testbroker.away.KafkaAway;
import io.penstock.testbroker.away.StoppableKafka;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.Map;

@QuarkusTest
@TestProfile(KafkaAwayTest.Alone.class)
class KafkaAwayTest extends KafkaAway {
  public static final class Alone extends AloneWithKafka {
    public Alone() {
      super(WithState.class);
    }
  }

  public static final class WithState extends StoppableKafka {
    @Override
    protected Map<String, String> settings(String bootstrapServers, Path directory) {
      return Map.of(
          "penstock.orchestrator.state-dir", directory.resolve("state").toString(),
          "penstock.orchestrator.stop-within", "1s",
          "quarkus.http.test-port", "0");
    }
  }
}
