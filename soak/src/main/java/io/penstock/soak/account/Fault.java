package io.penstock.soak.account;

import io.penstock.soak.installation.Member;
import java.time.Instant;
import java.util.Locale;

/**
 * Something done to a member.
 *
 * @param at when it began
 * @param again when the member was started again, or went on
 * @param over when the whole was of use again
 */
public record Fault(Member member, Kind kind, Instant at, Instant again, Instant over) {
  /** What was done. */
  public enum Kind {
    /** SIGKILL, and started again. */
    KILL,
    /** SIGSTOP, and SIGCONT after a while. */
    FREEZE,
    /** SIGTERM, and started again. */
    RESTART
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + member.title();
  }
}
