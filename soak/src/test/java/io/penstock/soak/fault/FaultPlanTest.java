package io.penstock.soak.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.soak.account.Fault.Kind;
import io.penstock.soak.installation.Member;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  @Test
  void the_same_seed_gives_the_same_plan() {
    FaultPlan one = new FaultPlan(7, ALL);
    FaultPlan other = new FaultPlan(7, ALL);

    assertThat(List.of(one.nextCycle(), one.nextCycle()))
        .isEqualTo(List.of(other.nextCycle(), other.nextCycle()));
  }

  @Test
  void another_seed_another_plan() {
    assertThat(new FaultPlan(7, ALL).nextCycle()).isNotEqualTo(new FaultPlan(8, ALL).nextCycle());
  }

  @Test
  void every_member_has_its_turn_in_each_cycle() {
    Set<Member> alone = new HashSet<>();
    for (PlannedFault planned : new FaultPlan(7, ALL).nextCycle()) {
      if (planned.members().size() == 1) {
        alone.addAll(planned.members());
      }
    }

    assertThat(alone).containsExactlyInAnyOrder(Member.values());
  }

  @Test
  void only_what_was_asked_for_is_done() {
    assertThat(new FaultPlan(7, EnumSet.of(Kind.FREEZE)).nextCycle())
        .extracting(PlannedFault::kind)
        .containsOnly(Kind.FREEZE);
  }
}
