package io.penstock.soak.fault;

import io.penstock.soak.account.Fault.Kind;
import io.penstock.soak.installation.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What a cycle has in store: the same for the same seed. */
public final class FaultPlan {
  private static final Duration SHORTEST_FREEZE = Duration.ofSeconds(1);

  /** Longer than any session: others have taken over when it goes on. */
  private static final Duration LONGEST_FREEZE = Duration.ofSeconds(15);

  private final Random random;
  private final List<Kind> kinds;

  /**
   * @param kinds that may be done; at least one
   */
  public FaultPlan(long seed, Set<Kind> kinds) {
    this.random = new Random(seed);
    this.kinds = List.copyOf(EnumSet.copyOf(kinds));
  }

  /** Each member once, two of them together, and everything at once if killing is allowed. */
  public List<PlannedFault> nextCycle() {
    List<PlannedFault> plan = new ArrayList<>();
    for (Member member : Member.values()) {
      plan.add(of(EnumSet.of(member)));
    }
    plan.add(of(two()));
    if (kinds.contains(Kind.KILL)) {
      plan.add(PlannedFault.killEverything());
    }
    Collections.shuffle(plan, random);
    return plan;
  }

  private PlannedFault of(Set<Member> members) {
    Kind kind = kinds.get(random.nextInt(kinds.size()));
    long freeze = random.nextLong(SHORTEST_FREEZE.toMillis(), LONGEST_FREEZE.toMillis());
    return new PlannedFault(
        members, kind, kind == Kind.FREEZE ? Duration.ofMillis(freeze) : Duration.ZERO);
  }

  private Set<Member> two() {
    List<Member> all = new ArrayList<>(List.of(Member.values()));
    Collections.shuffle(all, random);
    return EnumSet.copyOf(all.subList(0, 2));
  }
}
