package io.penstock.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no answer (no connection)|no answer (no connection)",
        "Api 'crm': 503 after 1,250 ms|Api <value>: <n> after <n> ms",
        "didn't find 'x' and \"y z\" or `w`|didn't find <value> and <value> or <value>",
        "order 17 of ann@example.com failed|order <n> of <email> failed",
        "no contact 0f8fad5b-d9cb-469f-a165-70867728950e|no contact <uuid>",
        "hash 0xDEADBEEF, also 4d2e77aa01bc|hash <hex>, also <hex>",
        "deal evt_1N3TxKL2 is gone|deal <id> is gone",
        "execution lead~91c946q5l5dt47e77n3i91r8o8 waits|execution <id> waits",
        "GET https://crm.example/v2/contacts/8812?key=abc&page=2: 404|GET https://crm.example/v<n>/contacts/<n>?<query> <n>",
        "since 2026-11-22T14:00:00.123Z and 2026-11-22 14:00|since <time> and <time>",
        "host 10.0.0.17:8443 refused|host <n> refused",
        "line  one   two |line one two"
      })
  void what_names_one_case_is_replaced(String message, String pattern) {
    assertThat(MessagePattern.of(message)).isEqualTo(pattern);
  }

  @Test
  void line_breaks_are_blanks() {
    assertThat(MessagePattern.of("one\r\n\ttwo\u0000 \n")).isEqualTo("one two");
    assertThat(MessagePattern.of("")).isEmpty();
  }

  @Test
  void the_same_failure_of_somebody_else_has_the_same_pattern() {
    assertThat(
            MessagePattern.of("POST /contacts/8812/notes: 422, field 'phone' of contact a81-77x"))
        .isEqualTo(
            MessagePattern.of("POST /contacts/17/notes: 400, field 'email' of contact b2-9913z"));
  }

  @Test
  void a_pattern_is_bounded_and_no_text_takes_long() {
    for (String hostile :
        List.of(
            "a-".repeat(500_000),
            "'".repeat(500_000),
            "1a".repeat(500_000),
            "a@".repeat(500_000))) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertThat(MessagePattern.of(hostile)).hasSizeLessThanOrEqualTo(300));
    }
  }
}
