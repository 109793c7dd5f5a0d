package io.penstock.benchmark.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeadScoreTest {
  /** FNV-1a of the empty text is its offset basis, of "a" 0xe40c292c. */
  @Test
  void the_score_is_the_published_hash() {
    assertThat(LeadScore.of("")).isEqualTo((int) (0x811c9dc5L % 101));
    assertThat(LeadScore.of("a")).isEqualTo((int) (0xe40c292cL % 101));
    assertThat(LeadScore.of("foobar")).isEqualTo((int) (0xbf9cf968L % 101));
  }

  @Test
  void leads_go_to_both_channels() {
    long sales = 0;
    for (int i = 0; i < 1_000; i++) {
      int score = LeadScore.of("r-" + i);
      assertThat(score).isBetween(0, 100);
      assertThat(LeadScore.channelOf("r-" + i)).isEqualTo(score >= 50 ? "sales" : "nurture");
      sales += score >= 50 ? 1 : 0;
    }

    assertThat(sales).isBetween(300L, 700L);
  }
}
