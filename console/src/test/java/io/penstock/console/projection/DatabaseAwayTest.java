package io.penstock.console.projection;

import static io.penstock.console.Histories.NOON;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(RealServers.class)
class DatabaseAwayTest {
  @Inject DataSource database;
  RealServers servers;

  @Test
  void the_projection_waits_alive_but_not_ready_and_catches_up() throws Exception {
    try (HistoryTopic topic = new HistoryTopic(servers.bootstrapServers(), database)) {
      topic.write(Histories.lead("away~before", NOON, "ada@example.com"));
      topic.awaitProjected();
      await().until(() -> projectionCheck().equals("UP"));

      servers.stopDatabase();
      try {
        topic.write(Histories.lead("away~meanwhile", NOON, "ada@example.com"));
        await().atMost(Duration.ofSeconds(30)).until(() -> projectionCheck().equals("DOWN"));
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/api/executions").statusCode()).isEqualTo(503);
        assertThat(get("/api/executions").contentType()).startsWith("application/problem+json");
        assertThat(get("/api/executions").header("Retry-After")).isNotNull();
        assertThat(get("/api/executions").<Boolean>path("retry")).isTrue();
      } finally {
        servers.startDatabase();
      }

      topic.awaitProjected();
      assertThat(
              new Tables(database)
                  .ask("select status from console.execution where id = 'away~meanwhile'"))
          .isEqualTo("COMPLETED");
      await().atMost(Duration.ofSeconds(30)).until(() -> projectionCheck().equals("UP"));
    }
  }

  private static String projectionCheck() {
    return get("/q/health/ready").path("checks.find { it.name == 'console-projection' }.status");
  }
}
