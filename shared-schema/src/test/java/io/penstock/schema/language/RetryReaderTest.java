package io.penstock.schema.language;

import static io.penstock.schema.message.ErrorType.COMMUNICATION;
import static io.penstock.schema.message.ErrorType.QUOTA;
import static io.penstock.schema.message.ErrorType.RUNTIME;
import static io.penstock.schema.message.ErrorType.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.StepError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the forms of {@code retry} stand for; mistakes are in {@code invalid-definitions.csv}. */
class RetryReaderTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Optional<Duration> TEN_MINUTES = Optional.of(Duration.ofMinutes(10));

  @Test
  void delays_can_be_limited_in_time() {
    assertThat(read("{delays: [1s], limit: {duration: 10m}}"))
        .isEqualTo(Retry.of(new Retry.Delays(List.of(SECOND), 0, TEN_MINUTES)));
  }

  @Test
  void a_limit_can_be_a_number_a_time_or_both() {
    assertThat(read("{backoff: constant, delay: 1s, limit: 7}")).isEqualTo(constant(7));
    assertThat(read("{backoff: constant, delay: 1s, limit: {count: 7}}")).isEqualTo(constant(7));
    assertThat(read("{backoff: constant, delay: 1s, limit: {duration: 10m}}"))
        .isEqualTo(Retry.of(constant(5, TEN_MINUTES)));
    assertThat(read("{backoff: constant, delay: 1s, limit: {count: 7, duration: 10m}}"))
        .isEqualTo(Retry.of(constant(7, TEN_MINUTES)));
  }

  @Test
  void only_a_limited_time_is_counted() {
    assertThat(read("{delays: [1s]}").limitsTime()).isFalse();
    assertThat(read("[{errors: [quota], delays: [1s]}]").limitsTime()).isFalse();
    assertThat(read("{delays: [1s], limit: {duration: 10m}}").limitsTime()).isTrue();
    assertThat(read("[{errors: [quota], delays: [1s], limit: {duration: 1m}}]").limitsTime())
        .isTrue();
  }

  @Test
  void rules_are_for_types_of_errors() {
    Retry retry =
        read(
            """
            [{errors: [timeout, communication], backoff: constant, delay: 1s, limit: 7},
             {errors: [quota], delays: []},
             {delays: [1s]}]
            """);
    assertThat(retry)
        .isEqualTo(
            new Retry(
                List.of(
                    new Retry.Rule(Set.of(TIMEOUT, COMMUNICATION), constant(7, Optional.empty())),
                    new Retry.Rule(Set.of(QUOTA), new Retry.Delays(List.of(), 0))),
                new Retry.Delays(List.of(SECOND), 0)));
  }

  @Test
  void an_error_without_a_rule_has_the_default() {
    Retry retry = read("[{errors: [runtime], delays: [1s]}]");
    assertThat(retry.others()).isEqualTo(Retry.DEFAULT.others());
    assertThat(retry.scheduleFor(StepError.of(TIMEOUT, "x"))).contains(Retry.DEFAULT.others());
    assertThat(retry.scheduleFor(StepError.of(QUOTA, "x"))).isEmpty();
  }

  @Test
  void what_a_worker_says_of_an_error_counts_unless_there_is_a_rule() {
    Retry.Schedule rule = new Retry.Delays(List.of(SECOND), 0);
    Retry retry = read("[{errors: [runtime], delays: [1s]}]");
    assertThat(retry.scheduleFor(new StepError(RUNTIME, "418", false))).contains(rule);
    assertThat(retry.scheduleFor(new StepError(QUOTA, "soon", true)))
        .contains(Retry.DEFAULT.others());
    assertThat(retry.scheduleFor(new StepError(TIMEOUT, "never", false))).isEmpty();
  }

  private static Retry constant(int limit) {
    return Retry.of(constant(limit, Optional.empty()));
  }

  private static Retry.Schedule constant(int limit, Optional<Duration> duration) {
    return new Retry.Backoff(
        Retry.Backoff.Kind.CONSTANT, SECOND, 2, Duration.ofHours(1), limit, 0, duration);
  }

  private static Retry read(String retry) {
    String yaml =
        "{kind: Workflow, name: w, version: 1.0.0, steps: [{id: s, retry: %s, notify: {channel: c, text: t}}]}"
            .formatted(retry);
    Reading reading = DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    return ((Workflow) reading.definitions().getFirst().definition()).steps().getFirst().retry();
  }
}
