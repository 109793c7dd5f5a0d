package io.penstock.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testbroker.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Without Kafka nothing is accepted, everything is answered, and it works again by itself. */
@QuarkusTest
@QuarkusTestResource(RealBroker.class)
@DisabledIfSystemProperty(
    named = TestKafka.CHOICE,
    matches = TestKafka.TESTCONTAINERS,
    disabledReason = "a container that is started again has another port")
class BrokerAwayTest {
  private static final String DEFINITIONS =
      """
      kind: Source
      name: outage
      signature: {scheme: none}
      event: {id: '{{ body.id }}', type: created}
      """;

  private static final String CONTROLS =
      """
      {"controls":[
        {"id":"away-1","execution":"outage~00000000000000000000000000","verb":"cancel","by":"ann"},
        {"id":"away-2","execution":"outage~00000000000000000000000000","verb":"replay","by":"ann"}]}
      """;

  private static final String RECORDS =
      """
      {"records":[{"id":"away","topic":"penstock.inputs","partition":0,"value":"AAE="}]}
      """;

  @TestHTTPResource("/")
  URI base;

  RealBroker broker;

  @Test
  void an_outage_is_answered_503_and_the_same_request_succeeds_after_it() {
    Client client = new Client(base).awaitReady();
    client.applied(DEFINITIONS);
    assertThat(client.signed("outage", "{\"id\":0}").status()).isEqualTo(202);
    broker.goAway();
    try {
      // The client gives up after 30 s: an answer at all is an answer in bounded time.
      assertUnavailable(client.signed("outage", "{\"id\":1}"));
      assertUnavailable(client.signed("outage", "[{\"id\":2},{\"id\":3}]"));
      assertUnavailable(client.json("/controls", CONTROLS));
      assertUnavailable(client.json("/controls/records", RECORDS));
      assertThat(client.get("/q/health/live").status()).isEqualTo(200);
      assertThat(client.get("/q/health/ready").status()).isEqualTo(503);
      assertThat(client.get("/definitions/Source/outage").status()).isEqualTo(200);
    } finally {
      broker.comeBack();
    }
    client.awaitReady();
    assertThat(client.signed("outage", "{\"id\":1}").status()).isEqualTo(202);
    assertThat(client.json("/controls", CONTROLS).status()).isEqualTo(202);
    assertThat(client.json("/controls/records", RECORDS).status()).isEqualTo(202);
    assertThat(new Inputs(broker).of("outage"))
        .extracting(recorded -> recorded.event().id())
        .contains("0", "1");
    client.applied(DEFINITIONS.replace("created", "changed"));
  }

  private static void assertUnavailable(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.at("type")).isEqualTo("urn:penstock:problem:log-unavailable");
    assertThat(answer.at("retry")).isEqualTo(true);
    assertThat(answer.headers()).containsKey("retry-after");
  }
}
