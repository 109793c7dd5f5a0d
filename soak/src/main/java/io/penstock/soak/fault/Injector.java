package io.penstock.soak.fault;

import io.penstock.soak.SteadyClock;
import io.penstock.soak.account.Fault;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Does it. */
public final class Injector {
  private final Installation installation;

  public Injector(Installation installation) {
    this.installation = installation;
  }

  /**
   * What was done.
   *
   * @param at just before
   * @param down when it had its effect: from then on service may be away
   * @param again when the members were started again, or went on
   */
  public record Injected(PlannedFault planned, Instant at, Instant down, Instant again) {
    /**
     * For the accounting, one for each member.
     *
     * @param over when the whole was of use again
     */
    public List<Fault> faults(Instant over) {
      return planned.members().stream()
          .map(member -> new Fault(member, planned.kind(), at, again, over))
          .toList();
    }
  }

  /** Returns as soon as the members are started again, or go on: not when they are of use. */
  public Injected inject(PlannedFault planned) throws IOException, InterruptedException {
    Set<Member> members = planned.members();
    Instant at = SteadyClock.now();
    Instant down;
    switch (planned.kind()) {
      case KILL -> {
        installation.kill(members);
        down = SteadyClock.now();
        installation.start(members);
      }
      case RESTART -> {
        installation.stop(members);
        down = SteadyClock.now();
        installation.start(members);
      }
      case FREEZE -> {
        installation.freeze(members);
        down = SteadyClock.now();
        Thread.sleep(planned.lasts());
        installation.thaw(members);
      }
      default -> throw new IllegalStateException("unknown: " + planned.kind());
    }
    return new Injected(planned, at, down, SteadyClock.now());
  }
}
