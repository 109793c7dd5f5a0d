package io.penstock.testbroker.away;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A Kafka that goes away is a reason to send nothing here, and none to restart the process. A
 * service's test extends this as a Quarkus test with the profile {@link AloneWithKafka}.
 */
public abstract class KafkaAway {
  @TestHTTPResource("/q/health/")
  URI health;

  StoppableKafka kafka;

  @Test
  void being_ready_depends_on_kafka_and_being_alive_does_not() throws Exception {
    await().atMost(Duration.ofSeconds(40)).until(() -> status("ready"), ready -> ready == 200);
    assertThat(status("live")).isEqualTo(200);
    kafka.goAway();
    await().atMost(Duration.ofSeconds(20)).until(() -> status("ready"), ready -> ready == 503);
    assertThat(status("live")).isEqualTo(200);
  }

  private int status(String kind) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(health.resolve(kind)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
