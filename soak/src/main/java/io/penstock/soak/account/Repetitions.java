package io.penstock.soak.account;

import io.penstock.soak.account.Violation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which calls may be made again, and because of what.
 *
 * <ul>
 *   <li>A killed worker: those that it had in flight. A frozen one: those too, since others take
 *       them over, and what it had taken and begins when it goes on.
 *   <li>A killed or frozen orchestrator: those requested in its last commit interval.
 *   <li>A killed broker: those in flight, but no model is asked again.
 *   <li>Ingest, console, database, and whoever is stopped in order: none.
 * </ul>
 */
final class Repetitions {
  /**
   * How long the outcome of an answered call and its acknowledgement may be on their way to the
   * broker: until then it is in flight. Long, since all of this shares a machine.
   */
  static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(1);

  /** The commit interval of the orchestrator, and what a commit takes on a busy machine. */
  static final Duration COMMITTED_WITHIN = Duration.ofSeconds(1);

  /** Between our wish to signal a process and its end. */
  static final Duration SIGNALLED_WITHIN = Duration.ofMillis(200);

  private final List<Fault> faults;

  Repetitions(List<Fault> faults) {
    this.faults = faults;
  }

  /**
   * @param calls of one place, in order
   * @param allowed counts what was repeated for a reason, by the reason
   */
  void check(List<Call> calls, Map<String, Integer> allowed, List<Violation> violations) {
    for (int next = 1; next < calls.size(); next++) {
      Call before = calls.get(next - 1);
      Call again = calls.get(next);
      Optional<Fault> cause = cause(before, again);
      if (cause.isPresent()) {
        allowed.merge(cause.get().toString(), 1, Integer::sum);
      } else {
        violations.add(
            new Violation(
                Kind.REPEATED_CALL,
                again.place().toString(),
                "by %s at %s, answered %s; again by %s at %s"
                    .formatted(
                        before.by().title(),
                        before.began(),
                        before.answered().map(Instant::toString).orElse("never"),
                        again.by().title(),
                        again.began())));
      }
    }
  }

  private Optional<Fault> cause(Call before, Call again) {
    return faults.stream()
        .filter(fault -> again.began().isAfter(fault.at()) && explains(fault, before, again))
        .findFirst();
  }

  private static boolean explains(Fault fault, Call before, Call again) {
    return switch (fault.member().role()) {
      case INGEST, CONSOLE, DATABASE -> false;
      case BROKER -> !before.model() && inFlight(before, fault.at(), fault.over());
      case ORCHESTRATOR -> fault.kind() != Fault.Kind.RESTART && requestedLast(before, fault);
      case WORKER ->
          switch (fault.kind()) {
            case RESTART -> false;
            case KILL -> inHand(before, fault);
            case FREEZE -> inHand(before, fault) || lateInHand(before, again, fault);
          };
    };
  }

  private static boolean inHand(Call before, Fault fault) {
    return before.by() == fault.member()
        && inFlight(before, fault.at(), fault.at().plus(SIGNALLED_WITHIN));
  }

  /** Somebody else had taken its commands, and then it went on with them. */
  private static boolean lateInHand(Call before, Call again, Fault fault) {
    return again.by() == fault.member()
        && !again.began().isBefore(fault.again())
        && !before.began().isBefore(fault.at().minus(ACKNOWLEDGED_WITHIN));
  }

  /** Until service is back acknowledgements may be lost, also of calls that only began then. */
  private static boolean inFlight(Call call, Instant from, Instant to) {
    return !call.began().isAfter(to)
        && call.answered().map(end -> !end.isBefore(from.minus(ACKNOWLEDGED_WITHIN))).orElse(true);
  }

  /** Its request may have been in the transaction that was never committed. */
  private static boolean requestedLast(Call before, Fault fault) {
    return !before.began().isBefore(fault.at().minus(COMMITTED_WITHIN))
        && !before.began().isAfter(fault.at().plus(COMMITTED_WITHIN));
  }
}
