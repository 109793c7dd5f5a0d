package io.penstock.console.projection;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Row of {@code console.step}: what the facts about one step of an execution add up to. */
final class StepView {
  final String executionId;
  final String path;
  final long firstSequence;
  final int firstFact;
  final Map<AttemptView.Key, AttemptView> attempts = new LinkedHashMap<>();
  final Instant startedAt;

  String kind;
  Status status = Status.RUNNING;
  int generation = 1;

  /** Number of the latest one. */
  int attempt;

  Json reads;
  String waitingFor;
  Instant waitingUntil;

  /** All deferrals of one attempt are one wait, also while a worker looks whether it may go. */
  Instant waitingSince;

  Integer branch;
  String branchName;
  Integer caughtBy;

  /** Null also when it was loaded again: a written output is not read back. */
  Json output;

  /** Path of the step whose output this one takes over; see {@link Fact.StepCompleted}. */
  String outputOf;

  /** Of the step as a whole: what ended its attempts. Stays when a catch took it. */
  StepError error;

  Instant endedAt;
  Spent spent = Spent.NOTHING;
  boolean changed;
  private boolean ended;

  /** How a step stands. */
  enum Status {
    /** A worker has it, or steps inside it run. */
    RUNNING,
    /** For a retry, after a deferral, for time to pass, or for the execution to be released. */
    WAITING,
    COMPLETED,
    FAILED,
    /** Ended from outside: a loser, or inside of a step that has failed. */
    CANCELLED,
    /** Had completed, and was undone. */
    COMPENSATED
  }

  StepView(String executionId, String path, long firstSequence, int firstFact, Instant startedAt) {
    this.executionId = executionId;
    this.path = path;
    this.firstSequence = firstSequence;
    this.firstFact = firstFact;
    this.startedAt = startedAt;
  }

  AttemptView attempt(int number) {
    return attempts.computeIfAbsent(
        new AttemptView.Key(generation, number), key -> new AttemptView(executionId, path, key));
  }

  /** Nothing went out, so there is no attempt to show. */
  void putOff(Fact.StepPutOff fact, Instant at) {
    waits("turn", fact.due(), at);
  }

  void requested(Fact.AttemptRequested fact, Instant at) {
    boolean again = generation == fact.generation() && attempt == fact.attempt();
    Instant since = waitingSince;
    runs();
    waitingSince = again ? since : null;
    kind = fact.kind().id();
    generation = fact.generation();
    attempt = fact.attempt();
    reads = Json.of(fact.reads());
    attempt(fact.attempt()).delivered(fact.delivery(), at);
  }

  void held(Fact.AttemptHeld fact, Instant at) {
    waits("release", null, at);
    generation = fact.generation();
    attempt = fact.attempt();
  }

  void attemptFailed(Fact.AttemptFailed fact) {
    changed = true;
    waitingSince = null;
    AttemptView tried = attempt(fact.attempt());
    tried.cameBack(
        AttemptView.FAILED,
        fact.error(),
        Optional.of(fact.startedAt()),
        Optional.of(fact.endedAt()));
    fact.usage().ifPresent(tried::consumed);
    fact.usage().ifPresent(usage -> spent = spent.plus(usage));
  }

  void deferred(Fact.AttemptDeferred fact, Instant at) {
    waits("deferral: " + fact.reason(), fact.until(), at);
    attempt(fact.attempt())
        .cameBack(AttemptView.DEFERRED, null, Optional.empty(), Optional.empty());
  }

  void retryScheduled(Fact.RetryScheduled fact, Instant at) {
    waits("retry", fact.dueAt(), at);
  }

  void waitStarted(Fact.WaitStarted fact, Instant at) {
    waits("timer", fact.until(), at);
    kind = "wait";
  }

  void caught(Fact.ErrorCaught fact) {
    runs();
    if (fact.path().equals(Workflow.WHOLE)) {
      kind = "catch";
    }
    error = fact.error();
    caughtBy = fact.handler();
  }

  void branchTaken(Fact.BranchTaken fact) {
    runs();
    branch = fact.branch();
    branchName = fact.name();
    attempt(fact.attempt())
        .cameBack(
            AttemptView.SUCCEEDED,
            null,
            Optional.of(fact.startedAt()),
            Optional.of(fact.endedAt()));
  }

  /**
   * @param how {@code parallel} or {@code foreach}
   */
  void forked(String how) {
    runs();
    kind = how;
  }

  /**
   * Its scope has ended, and so has what was at work in it.
   *
   * @param failure if it was this step's own that ended the scope
   */
  void scopeEnded(Instant at, Optional<StepError> failure) {
    if (status != Status.RUNNING && status != Status.WAITING) {
      return;
    }
    ends(failure.isPresent() ? Status.FAILED : Status.CANCELLED, at);
    error = failure.orElse(error);
  }

  void completed(Fact.StepCompleted fact, Instant at) {
    ends(Status.COMPLETED, at);
    output = fact.output();
    outputOf = fact.outputOf().map(StepPath::value).orElse(null);
    fact.usage().ifPresent(usage -> spent = spent.plus(usage));
    if (fact.attempt() > 0) {
      AttemptView tried = attempt(fact.attempt());
      tried.cameBack(AttemptView.SUCCEEDED, null, fact.startedAt(), fact.endedAt());
      fact.usage().ifPresent(tried::consumed);
    }
  }

  /** Its call was waited for so that it could be undone; there is nothing to undo. */
  void dropped(Instant at) {
    ends(Status.CANCELLED, at);
  }

  /** When it had completed stays as it was. */
  void compensated(Fact.StepCompensated fact) {
    if (fact.end() != CompensationEnd.SKIPPED) {
      status = Status.COMPENSATED;
      changed = true;
    }
  }

  void failed(Fact.StepFailed fact, Instant at) {
    ends(Status.FAILED, at);
    error = fact.error();
  }

  void reopened(Fact.StepReopened fact) {
    runs();
    generation = fact.generation();
    error = null;
    caughtBy = null;
    endedAt = null;
  }

  /** Whether it has ended since it was loaded; an ended step changes no more, or is reopened. */
  boolean endsNow() {
    return ended && endedAt != null && kind != null;
  }

  private void runs() {
    status = Status.RUNNING;
    waitingFor = null;
    waitingUntil = null;
    waitingSince = null;
    changed = true;
  }

  private void waits(String what, Instant until, Instant at) {
    status = Status.WAITING;
    waitingFor = what;
    waitingUntil = until;
    waitingSince = waitingSince == null ? at : waitingSince;
    changed = true;
  }

  private void ends(Status how, Instant at) {
    runs();
    status = how;
    endedAt = at;
    ended = true;
  }
}
