package io.penstock.console.deadletter;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.console.RealServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(RealServers.class)
class LettersDatabaseAwayTest {
  @Inject DataSource database;
  RealServers servers;

  @Test
  void letters_wait_while_postgresql_is_away_and_come_when_it_is_back() throws Exception {
    try (LetterTopics letters = new LetterTopics(servers.bootstrapServers(), database)) {
      letters.write(LetterTopics.step("out~before", "call", 1, 1, "500"));
      letters.awaitProjected();
      await().until(() -> check().equals("UP"));

      servers.stopDatabase();
      try {
        letters.write(LetterTopics.step("out~meanwhile", "call", 1, 2, "500"));
        await().atMost(Duration.ofSeconds(30)).until(() -> check().equals("DOWN"));
        assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/api/dead-letters").statusCode()).isEqualTo(503);
        assertThat(get("/api/dead-letters").header("Retry-After")).isNotNull();
      } finally {
        servers.startDatabase();
      }

      letters.awaitProjected();
      assertThat(
              letters.ask(
                  "select status from console.dead_letter where execution_id = 'out~meanwhile'"))
          .isEqualTo("open");
      await().atMost(Duration.ofSeconds(30)).until(() -> check().equals("UP"));
    }
  }

  private static String check() {
    return get("/q/health/ready").path("checks.find { it.name == 'console-dead-letters' }.status");
  }
}
