package io.penstock.cli.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts about waiting and about failures that are handled, in words. */
class EventTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"waitStarted\",\"path\":\"nap\",\"until\":\"2026-01-01T10:00:00Z\"} | nap | waits until 2026-01-01T10:00:00Z",
        "{\"type\":\"finallyStarted\"} | `` | does what is to be done finally",
        "{\"type\":\"scopesCancelled\",\"scopes\":[\"\"]} | `` | cancels all that is at work",
        "{\"type\":\"scopesCancelled\",\"scopes\":[\"a/b\",\"a/c\"]} | `` | cancels a/b, a/c",
      })
  void a_fact_is_told(String fact, String path, String text) throws Exception {
    Optional<EventText> told = EventText.of(Json.parse(fact.getBytes(StandardCharsets.UTF_8)));
    assertThat(told).isPresent();
    assertThat(told.get().path()).isEqualTo(path);
    assertThat(told.get().text()).isEqualTo(text);
  }
}
