package io.penstock.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Digit by digit, and the same as {@link Instant}'s own text. */
class InstantTextTest {
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private record Holder(Instant at) {}

  @RepeatedTest(20)
  void any_instant_is_written_as_its_own_text_and_read_again() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      int[] fractions = {0, 120_000_000, 1_000, random.nextInt(1_000_000_000)};
      Instant at =
          Instant.ofEpochSecond(
              FIRST + (long) (random.nextDouble() * (LAST - FIRST)), fractions[i % 4]);

      assertThat(InstantText.write(at)).as("seed %d", seed).containsExactly(chars(at));
      assertThat(InstantText.parse(at.toString())).as("seed %d", seed).isEqualTo(at);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00.1Z",
        "2026-11-22T12:00:00.123456789Z",
        "2024-02-29T23:59:59.999Z",
        "2026-11-22T12:00:00.Z",
        "2026-11-22T12:00:00+01:00",
        "+12026-11-22T12:00:00Z",
        "-0044-03-15T12:00:00Z",
        "1969-12-31T23:59:59.5Z"
      })
  void what_an_instant_can_be_read_from_is_read_to_the_same(String text) throws IOException {
    assertThat(JsonMapper.read(json(text), Holder.class).at()).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T12:00:00Z",
        "2026-11-22T12:00:61Z",
        "2026-11-22T12:00:00.1234567890Z",
        "2026-11-22 12:00:00Z",
        "2026-11-22T12:00:00.1x3Z",
        "2026-1a-22T12:00:00Z",
        "yesterday"
      })
  void what_is_no_instant_is_refused(String text) {
    assertThatThrownBy(() -> JsonMapper.read(json(text), Holder.class))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_year_of_five_digits_is_written_as_before() {
    Instant far = Instant.parse("+12026-11-22T12:00:00Z");

    assertThat(new String(JsonMapper.write(new Holder(far)), UTF_8))
        .isEqualTo("{\"at\":\"" + far + "\"}");
  }

  private static char[] chars(Instant at) {
    return at.toString().toCharArray();
  }

  private static byte[] json(String text) {
    return ("{\"at\":\"" + text + "\"}").getBytes(UTF_8);
  }
}
