package io.penstock.soak;

import io.penstock.soak.account.Account;
import io.penstock.soak.account.Accountant;
import io.penstock.soak.account.Call;
import io.penstock.soak.account.Fault;
import io.penstock.soak.account.History;
import io.penstock.soak.account.Recovery;
import io.penstock.soak.account.SeenExecution;
import io.penstock.soak.account.SentEvent;
import io.penstock.soak.account.Violation;
import io.penstock.soak.fault.Injector;
import io.penstock.soak.fault.Injector.Injected;
import io.penstock.soak.fault.PlannedFault;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import io.penstock.soak.load.FrontDoor;
import io.penstock.soak.load.Ledger;
import io.penstock.soak.load.Passages;
import io.penstock.soak.load.WebhookLoad;
import io.penstock.soak.world.CallLog;
import io.penstock.soak.world.Events;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cycles of load, faults and accounting. The events of a cycle are all at their end before it is
 * accounted for, so the next one begins with a clean slate.
 */
final class Suite {
  private static final Duration BACK_WITHIN = Duration.ofMinutes(3);
  private static final Duration ENDED_WITHIN = Duration.ofMinutes(3);

  /** What was answered a moment ago may still be on its way. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final Installation installation;
  private final CallLog calls;
  private final Narrator narrator;
  private final int perSecond;
  private final Ledger ledger = new Ledger();
  private final Injector injector;
  private final FrontDoor frontDoor;
  private final Passages passages;
  private int cycle;

  Suite(Installation installation, CallLog calls, Narrator narrator, int perSecond) {
    this.installation = installation;
    this.calls = calls;
    this.narrator = narrator;
    this.perSecond = perSecond;
    this.injector = new Injector(installation);
    this.frontDoor =
        new FrontDoor(
            installation.addresses().url(Member.INGEST),
            installation.addresses().url(Member.CONSOLE));
    this.passages = new Passages(ledger, calls, installation.partitions());
  }

  /** Starts everything and waits until an event could come. */
  void begin(String definitions) throws Exception {
    Instant start = SteadyClock.now();
    installation.start(Set.of(Member.values()));
    if (!Patience.within(BACK_WITHIN, () -> installation.notReady().isEmpty())) {
      throw new IOException("not ready in time: " + installation.notReady());
    }
    frontDoor.apply(definitions);
    narrator.started(Duration.between(start, SteadyClock.now()));
  }

  /** Accepted and not at their end now. */
  long open() {
    return passages.open();
  }

  /** One cycle. */
  Account cycle(List<PlannedFault> plan) throws Exception {
    Instant begun = Instant.now();
    List<Fault> faults = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    WebhookLoad load =
        new WebhookLoad(installation.addresses().url(Member.INGEST), ledger, cycle, perSecond);
    load.start();
    try {
      awaitService(SteadyClock.now());
      for (PlannedFault planned : plan) {
        narrator.doing(planned);
        Injected injected = injector.inject(planned);
        Optional<Recovery> recovery = awaitService(injected.down());
        faults.addAll(injected.faults(SteadyClock.now()));
        recovery.ifPresent(figures -> narrator.back(planned, figures));
        if (recovery.isEmpty() || !awaitCalm()) {
          violations.add(
              new Violation(
                  Violation.Kind.NOT_BACK,
                  planned.title(),
                  "%d events are open, not ready: %s"
                      .formatted(passages.open(), installation.notReady())));
        }
        reviveDead(violations);
      }
      load.stop();
      Patience.within(BACK_WITHIN, load::isDelivered);
    } finally {
      load.giveUp();
    }
    List<SeenExecution> executions = awaitEnds(begun.minus(MARGIN));
    Account account = account(executions, faults, violations);
    narrator.accounted(cycle, account);
    ledger.nextCycle();
    calls.nextCycle();
    cycle++;
    return account;
  }

  /** Everybody is there, and what was accepted until now has gone its way. */
  private boolean awaitCalm() throws Exception {
    Instant now = SteadyClock.now();
    return Patience.within(
        BACK_WITHIN,
        () ->
            installation.notReady().isEmpty()
                && passages.since(Instant.MIN).stream()
                    .noneMatch(way -> way.accepted().isBefore(now) && way.ended().isEmpty()));
  }

  private Optional<Recovery> awaitService(Instant at) throws Exception {
    Patience.within(BACK_WITHIN, () -> recovery(at).isPresent());
    return recovery(at);
  }

  private Optional<Recovery> recovery(Instant at) {
    return Recovery.of(at, passages.since(at), installation.partitions());
  }

  private void reviveDead(List<Violation> violations) throws IOException {
    for (Member dead : installation.dead()) {
      violations.add(
          new Violation(Violation.Kind.DIED, dead.title(), "nobody had killed it; see its log"));
      installation.start(Set.of(dead));
    }
  }

  private List<SeenExecution> awaitEnds(Instant since) throws Exception {
    Set<String> accepted = new HashSet<>();
    for (SentEvent event : ledger.events()) {
      accepted.addAll(event.executions());
    }
    List<SeenExecution> seen = new ArrayList<>();
    Patience.within(
        ENDED_WITHIN,
        () -> {
          seen.clear();
          seen.addAll(ofThisCycle(since));
          Set<String> ended = new HashSet<>();
          seen.stream().filter(Suite::hasEnded).forEach(execution -> ended.add(execution.id()));
          return ended.containsAll(accepted);
        });
    return seen;
  }

  private List<SeenExecution> ofThisCycle(Instant since) throws InterruptedException {
    try {
      return frontDoor.executionsSince(since).stream()
          .filter(execution -> Events.cycle(execution.event()) == cycle)
          .toList();
    } catch (IOException e) {
      return List.of(); // The console is on its way back; it is asked again.
    }
  }

  private static boolean hasEnded(SeenExecution execution) {
    return switch (execution.status()) {
      case "COMPLETED", "COMPENSATED", "FAILED", "CANCELLED" -> true;
      default -> false;
    };
  }

  private Account account(
      List<SeenExecution> executions, List<Fault> faults, List<Violation> violations) {
    List<Call> ofThisCycle = new ArrayList<>();
    for (Call call : calls.calls()) {
      if (Events.cycle(call.place().event()) == cycle) {
        ofThisCycle.add(call);
      } else {
        violations.add(
            new Violation(Violation.Kind.AFTER_THE_END, call.place().toString(), call.toString()));
      }
    }
    Account account =
        Accountant.account(new History(ledger.events(), executions, ofThisCycle, faults));
    return account.plus(new Account(0, 0, 0, 0, Map.of(), Map.of(), violations));
  }
}
