package io.penstock.benchmark.world;

import static io.penstock.benchmark.world.NotifiedParts.Effect.COMPLETED;
import static io.penstock.benchmark.world.NotifiedParts.Effect.FIRST_REPETITION;
import static io.penstock.benchmark.world.NotifiedParts.Effect.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotifiedPartsTest {
  private final NotifiedParts parts = new NotifiedParts();

  @Test
  void the_last_missing_part_completes() {
    assertThat(parts.notified("first", 2, 10)).isEqualTo(NONE);
    assertThat(parts.completedAt()).isZero();
    assertThat(parts.notified("second", 2, 20)).isEqualTo(COMPLETED);
    assertThat(parts.completedAt()).isEqualTo(20);
  }

  @Test
  void a_part_again_completes_nothing() {
    assertThat(parts.notified("first", 2, 10)).isEqualTo(NONE);
    assertThat(parts.notified("first", 2, 20)).isEqualTo(FIRST_REPETITION);

    assertThat(parts.completedAt()).isZero();
    assertThat(parts.repeated()).isEqualTo(1);
  }

  @Test
  void one_too_many_is_a_repetition() {
    assertThat(parts.notified("", 1, 10)).isEqualTo(COMPLETED);
    assertThat(parts.notified("unknown", 1, 20)).isEqualTo(FIRST_REPETITION);
    assertThat(parts.notified("", 1, 30)).isEqualTo(NONE);

    assertThat(parts.completedAt()).isEqualTo(10);
    assertThat(parts.repeated()).isEqualTo(2);
  }
}
