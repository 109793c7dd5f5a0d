package io.penstock.ingest.request;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictJsonTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void bad_json_is_refused_without_quoting_it(String name, byte[] body) {
    RejectedException refused =
        catchThrowableOfType(RejectedException.class, () -> StrictJson.parse(body));
    assertThat(refused).isNotNull();
    assertThat(refused.rejection().reason()).isEqualTo(Reason.MALFORMED);
    assertThat(refused.rejection().detail()).doesNotContain("canary");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("cut off", utf8("{\"a\":\"canary\"")),
        Arguments.of("two values", utf8("{} {}")),
        Arguments.of("unquoted text", utf8("canary")),
        Arguments.of("repeated members", utf8("{\"canary\":1,\"canary\":2}")),
        Arguments.of("nested 10,000 deep", utf8("[".repeat(10_000) + "]".repeat(10_000))),
        Arguments.of("an endless number", utf8("1".repeat(100_000))),
        Arguments.of("a number out of range", utf8("1e999")),
        Arguments.of("a lone continuation byte", bytes('"', 0x80, '"')),
        Arguments.of("an overlong form", bytes('"', 0xc0, 0xaf, '"')),
        Arguments.of("a raw surrogate", bytes('"', 0xed, 0xa0, 0x80, '"')),
        Arguments.of("half of an escaped surrogate pair", utf8("{\"a\":[\"\\ud800\"]}")),
        Arguments.of("half of a pair in a name", utf8("{\"\\uDC00\":1}")),
        Arguments.of("UTF-16", "{\"a\":1}".getBytes(UTF_16BE)));
  }

  @Test
  void a_byte_order_mark_does_not_stay_in_the_value() throws Exception {
    byte[] marked = "\ufeff{\"a\":1}".getBytes(UTF_8);
    assertThat(StrictJson.parse(marked).utf8()).isEqualTo(utf8("{\"a\":1}"));
  }

  @Test
  void a_whole_escaped_surrogate_pair_is_fine() throws Exception {
    assertThat(StrictJson.parse(utf8("{\"a\":\"\\ud83d\\ude00\"}")).value())
        .isEqualTo(Map.of("a", "\ud83d\ude00"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
