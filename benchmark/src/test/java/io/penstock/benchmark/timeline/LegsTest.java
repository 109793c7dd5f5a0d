package io.penstock.benchmark.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LegsTest {
  @Test
  void the_means_of_the_legs_add_up_to_the_mean_of_the_whole() {
    Legs legs = Legs.of(randomPassages(200));

    assertThat(sum(legs.legs())).isCloseTo(legs.total().meanMs(), within(1e-6));
    assertThat(sum(legs.byHolder())).isCloseTo(legs.total().meanMs(), within(1e-6));
    assertThat(legs.executions()).isEqualTo(200);
  }

  @Test
  void what_follows_the_end_is_no_part_of_the_whole() {
    Map<Moment, Double> passage = evenly(10);
    passage.put(Moment.END_IN_HISTORY, passage.get(Moment.NOTIFY_ANSWER) + 500);

    Legs legs = Legs.of(List.of(passage));

    assertThat(legs.total().meanMs()).isCloseTo(140, within(1e-9));
    assertThat(legs.aside()).extracting(Legs.Leg::meanMs).containsExactly(500.0);
  }

  @Test
  void each_leg_is_the_time_since_the_moment_before() {
    Legs legs = Legs.of(List.of(evenly(3)));

    assertThat(legs.legs()).hasSize(14).allSatisfy(leg -> assertThat(leg.p50Ms()).isEqualTo(3));
  }

  @Test
  void nothing_seen_gives_zeros() {
    assertThat(Legs.of(List.of()).total().meanMs()).isZero();
  }

  private static double sum(List<Legs.Leg> legs) {
    return legs.stream().mapToDouble(Legs.Leg::meanMs).sum();
  }

  private static Map<Moment, Double> evenly(double ms) {
    Map<Moment, Double> passage = new EnumMap<>(Moment.class);
    double at = 0;
    for (Moment moment : Moment.values()) {
      passage.put(moment, at);
      at += ms;
    }
    return passage;
  }

  private static List<Map<Moment, Double>> randomPassages(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<Map<Moment, Double>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(evenly(random.nextDouble(20)));
    }
    return all;
  }
}
