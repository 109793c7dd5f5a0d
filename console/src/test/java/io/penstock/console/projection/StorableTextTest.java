package io.penstock.console.projection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorableTextTest {
  @ParameterizedTest
  @CsvSource({
    "plain,plain",
    "'a\u0000b','a\uFFFDb'",
    "'lone \uD83D high','lone \uFFFD high'",
    "'lone \uDE00 low','lone \uFFFD low'",
    "'\uD83D\uDE00 pair','\uD83D\uDE00 pair'",
    "'at the end \uD83D','at the end \uFFFD'"
  })
  void what_postgresql_refuses_is_replaced(String text, String stored) {
    assertThat(StorableText.of(text)).isEqualTo(stored);
    assertThat(StorableText.isStorable(text)).isEqualTo(text.equals(stored));
  }
}
