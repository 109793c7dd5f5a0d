package io.penstock.soak.fault;

import io.penstock.soak.account.Fault;
import io.penstock.soak.installation.Member;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something to be done to one member, or to several at the same moment.
 *
 * @param lasts how long it stays frozen; of no meaning for others, who are started again at once
 */
public record PlannedFault(Set<Member> members, Fault.Kind kind, Duration lasts) {
  public PlannedFault {
    members = Set.copyOf(members);
  }

  public static PlannedFault kill(Member member) {
    return new PlannedFault(Set.of(member), Fault.Kind.KILL, Duration.ZERO);
  }

  public static PlannedFault restart(Member member) {
    return new PlannedFault(Set.of(member), Fault.Kind.RESTART, Duration.ZERO);
  }

  public static PlannedFault freeze(Member member, Duration lasts) {
    return new PlannedFault(Set.of(member), Fault.Kind.FREEZE, lasts);
  }

  public static PlannedFault killEverything() {
    return new PlannedFault(EnumSet.allOf(Member.class), Fault.Kind.KILL, Duration.ZERO);
  }

  /** For people, and the same for all that are alike. */
  public String title() {
    String what =
        members.size() == Member.values().length
            ? "everything"
            : members.stream().map(Member::title).sorted().collect(Collectors.joining("+"));
    return kind.name().toLowerCase(Locale.ROOT) + " " + what;
  }
}
