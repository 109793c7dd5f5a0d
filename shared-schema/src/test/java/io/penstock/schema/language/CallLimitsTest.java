package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Api;
import io.penstock.schema.definition.CallLimits;
import io.penstock.schema.definition.CallLimits.CircuitBreaker;
import io.penstock.schema.definition.CallLimits.Rate;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.Model;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Api may say about how much of it is taken. */
class CallLimitsTest {
  private static CallLimits of(String fields) {
    Api api =
        (Api)
            read(
                "{kind: Api, name: crm, baseUrl: 'https://crm.example'%s}",
                fields.isEmpty() ? "" : ", " + fields);
    return api.limits();
  }

  private static Definition read(String yaml, String fields) {
    Reading reading =
        DefinitionReader.read(
            "definition.yaml", yaml.replace("%s", fields).getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    return reading.definitions().getFirst().definition();
  }

  @Test
  void an_api_that_says_nothing_has_a_circuit_breaker_and_no_limit() {
    assertThat(of("")).isEqualTo(CallLimits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "60/min, 60, PT1M",
    "60/m, 60, PT1M",
    "100/10s, 100, PT10S",
    "5/s, 5, PT1S",
    "2/500ms, 2, PT0.5S",
    "1000 / h, 1000, PT1H",
    "20000/d, 20000, PT24H"
  })
  void a_rate_is_calls_per_time(String written, int calls, Duration period) {
    assertThat(of("rateLimit: " + written).rates()).containsExactly(new Rate(calls, period));
  }

  @Test
  void models_and_channels_may_say_the_same() {
    String limits = "rateLimit: 60/min, maxConcurrent: 5, circuitBreaker: {delay: 30s}";
    Model model =
        (Model)
            read("{kind: Model, name: m, model: m-1, baseUrl: 'https://m.example/v1', %s}", limits);
    Channel channel =
        (Channel)
            read("{kind: Channel, name: c, type: slack, url: 'https://c.example', %s}", limits);
    assertThat(model.limits()).isEqualTo(of(limits));
    assertThat(channel.limits()).isEqualTo(of(limits));
  }

  @Test
  void several_rates_hold_at_once() {
    assertThat(of("rateLimit: [60/min, 1000/d]").rates())
        .containsExactly(new Rate(60, Duration.ofMinutes(1)), new Rate(1000, Duration.ofDays(1)));
  }

  @Test
  void calls_at_the_same_time_may_be_limited() {
    assertThat(of("maxConcurrent: 5").maxConcurrent()).contains(5);
  }

  @Test
  void the_circuit_breaker_may_be_set_in_part_or_switched_off() {
    assertThat(of("circuitBreaker: {delay: 30s}").circuitBreaker())
        .contains(new CircuitBreaker(20, 0.5, Duration.ofSeconds(30)));
    assertThat(
            of("circuitBreaker: {requestVolumeThreshold: 4, failureRatio: 1, delay: 1m}")
                .circuitBreaker())
        .contains(new CircuitBreaker(4, 1, Duration.ofMinutes(1)));
    assertThat(of("circuitBreaker: off").circuitBreaker()).isEqualTo(Optional.empty());
  }
}
