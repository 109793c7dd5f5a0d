package io.penstock.soak.account;

import io.penstock.soak.account.SentEvent.Acceptance;
import io.penstock.soak.installation.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes histories down. Times are milliseconds of a moment that does not matter. */
final class Histories {
  private static final Instant ZERO = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration TAKES = Duration.ofMillis(50);

  private final List<SentEvent> events = new ArrayList<>();
  private final List<SeenExecution> executions = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();

  static Instant at(long millis) {
    return ZERO.plusMillis(millis);
  }

  static Histories history() {
    return new Histories();
  }

  /** A lead that went its way: company at 100, score (a model) at 200, tell at 300. */
  static Histories oneLead() {
    return history()
        .accepted("e", 50, "lead~e")
        .ended("e", "lead~e", "COMPLETED")
        .call("company", "e", 100)
        .asked("score", "e", 200)
        .call("tell", "e", 300);
  }

  static Expectation lead(String id) {
    return new Expectation(
        "lead",
        "COMPLETED",
        List.of(
            Set.of(new Place("company", id)),
            Set.of(new Place("score", id)),
            Set.of(new Place("tell", id))));
  }

  /** Two lines reserved, then a charge; all undone. */
  static Expectation undone(String id) {
    return new Expectation(
        "order",
        "COMPENSATED",
        List.of(
            Set.of(new Place("reserve", id + "/0")),
            Set.of(new Place("reserve", id + "/1")),
            Set.of(new Place("release", id + "/1")),
            Set.of(new Place("release", id + "/0"))));
  }

  Histories sent(Expectation expectation, String id, Acceptance... acceptances) {
    events.add(new SentEvent(id, expectation, at(0), List.of(acceptances)));
    return this;
  }

  Histories accepted(String id, long millis, String... executionIds) {
    return sent(lead(id), id, new Acceptance(at(millis), Set.of(executionIds)));
  }

  Histories ended(String event, String execution, String status) {
    String workflow = execution.substring(0, execution.indexOf('~'));
    executions.add(new SeenExecution(execution, workflow, status, event));
    return this;
  }

  Histories call(String step, String ref, long began) {
    return call(step, ref, "key of " + step + " " + ref, began, Member.WORKER_1);
  }

  Histories call(String step, String ref, String key, long began, Member by) {
    calls.add(
        new Call(
            new Place(step, ref), false, key, by, at(began), Optional.of(at(began).plus(TAKES))));
    return this;
  }

  /** A call to a model. */
  Histories asked(String step, String ref, long began) {
    calls.add(
        new Call(
            new Place(step, ref),
            true,
            "key of " + step + " " + ref,
            Member.WORKER_1,
            at(began),
            Optional.of(at(began).plus(TAKES))));
    return this;
  }

  Histories unanswered(String step, String ref, long began) {
    calls.add(
        new Call(
            new Place(step, ref),
            false,
            "key of " + step + " " + ref,
            Member.WORKER_1,
            at(began),
            Optional.empty()));
    return this;
  }

  /** Over a second later; a frozen one goes on then. */
  Histories fault(Fault.Kind kind, Member member, long millis) {
    faults.add(new Fault(member, kind, at(millis), at(millis + 1000), at(millis + 1000)));
    return this;
  }

  Account account() {
    return Accountant.account(new History(events, executions, calls, faults));
  }
}
