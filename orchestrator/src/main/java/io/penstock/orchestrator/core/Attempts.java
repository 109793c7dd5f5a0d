package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tries of single steps: requested, held, answered, deferred, made again. */
final class Attempts {
  private final Decision decision;
  private final Workflow workflow;
  private final Progress progress;

  Attempts(Decision decision, Workflow workflow, Progress progress) {
    this.decision = decision;
    this.workflow = workflow;
    this.progress = progress;
  }

  /** Asks for an attempt now, or holds it until the execution goes on. */
  void request(StepPath path, Action.Work work, Try next) {
    if (!decision.control().mayRequest()) {
      decision.add(
          new Fact.AttemptHeld(
              path, next.generation(), next.attempt(), next.delivery(), next.ticket()));
      return;
    }
    Step step = progress.step(path);
    Context context = new Context(decision.state(), workflow);
    boolean edited = next.patch().isPresent();
    boolean tooLarge =
        edited ? context.fitting(path, work, next.patch()).isEmpty() : !context.fits(path, work);
    decision.carries(edited ? Limits.CONTEXT_BYTES : context.mostBytes(path, work));
    decision.add(
        new Fact.AttemptRequested(
            path,
            work.kind(),
            next.generation(),
            next.attempt(),
            next.delivery(),
            step.timeout(),
            work.references().stream().map(Reference::toString).toList(),
            next.ticket(),
            decision.now().plus(Limits.safetyNet(step.timeout().orElse(Duration.ZERO))),
            retriesSince(step, next)));
    if (tooLarge) {
      // Requested all the same, so that history shows what was to be tried; Reaction sends nothing.
      progress.failures().giveUp(path, next.attempt(), contextTooLarge());
    }
  }

  /** While the first attempt is put off no time is lost for its retries. */
  private Optional<Instant> retriesSince(Step step, Try next) {
    if (!step.retry().limitsTime()) {
      return Optional.empty();
    }
    return next.retriesUsed() == 0 ? Optional.of(decision.now()) : next.since();
  }

  void succeeded(StepOutcome outcome, Json output) {
    StepPath path = outcome.command().path();
    if (output.sizeBytes() > Limits.OUTPUT_BYTES) {
      refused(outcome, Failures.outputTooLarge(output));
      return;
    }
    if (progress.step(path).action() instanceof Action.Route route) {
      progress.routes().chosen(outcome, route, output);
      return;
    }
    progress.complete(
        new Fact.StepCompleted(
            path,
            outcome.command().attempt(),
            output,
            Optional.empty(),
            outcome.usage(),
            Optional.of(outcome.startedAt()),
            Optional.of(outcome.endedAt())));
  }

  void failed(StepOutcome outcome, StepError error, Optional<Duration> retryAfter) {
    CommandId command = outcome.command();
    StepPath path = command.path();
    decision.add(
        new Fact.AttemptFailed(
            path,
            command.attempt(),
            error,
            outcome.usage(),
            outcome.startedAt(),
            outcome.endedAt()));
    if (isOnlyAwaited(path)) {
      progress.compensations().drop(path);
      return;
    }
    Try failed = Steps.tryAt(decision.state(), path);
    switch (NextRetry.of(
        progress.step(path).retry(), command, failed, error, decision.now(), retryAfter)) {
      case NextRetry.Due retry ->
          decision.add(new Fact.RetryScheduled(path, command.attempt() + 1, retry.at()));
      case NextRetry.None none -> progress.failures().giveUp(path, command.attempt(), none.error());
    }
  }

  void deferred(CommandId command, StepOutcome.Deferred deferral) {
    if (isOnlyAwaited(command.path())) {
      progress.compensations().drop(command.path());
      return;
    }
    Duration delay = bounded(deferral.delay());
    decision.add(
        new Fact.AttemptDeferred(
            command.path(),
            command.attempt(),
            command.delivery(),
            NextRetry.inWholeMillis(decision.now().plus(delay)),
            deferral.reason(),
            deferral.ticket()));
  }

  /** While completed steps are undone, others are not tried again. */
  private boolean isOnlyAwaited(StepPath path) {
    return decision.control().isCompensating() && !Compensations.isOne(path);
  }

  private static Duration bounded(Duration deferral) {
    if (deferral.isNegative()) {
      return Duration.ZERO;
    }
    return deferral.compareTo(Limits.DEFERRAL) > 0 ? Limits.DEFERRAL : deferral;
  }

  /**
   * A retry or a deferral is over, or nobody answered a request. Nothing happens to a step that is
   * no longer there: another one whose time had come was decided on before it.
   */
  void timerRanOut(StepPath path) {
    switch (Steps.current(decision.state(), path).orElse(null)) {
      case StepState.Waiting waiting -> progress.begin(path, waiting.next());
      case StepState.Requested lost ->
          progress.begin(path, lost.current().nextDelivery(lost.current().ticket()));
      case StepState.Sleeping ignored -> progress.waits().over(path);
      case null, default -> {} // is moved by an operator, or by the steps inside it
    }
  }

  /** The execution goes on. */
  void releaseHeld() {
    for (OpenStep open : decision.state().openSteps()) {
      if (Steps.current(decision.state(), open.path()).orElse(null)
          instanceof StepState.Held held) {
        progress.begin(open.path(), held.next());
      }
    }
  }

  /**
   * An answer that cannot be taken: the attempt has failed, and another would be no better. As any
   * failure it counts for the attempt that is out, and for no older one.
   */
  void refused(StepOutcome outcome, StepError error) {
    if (!OutcomeFit.awaits(decision.state(), outcome.command())) {
      decision.add(
          new Fact.InputIgnored(IgnoredReason.STALE_ATTEMPT, "outcome of " + outcome.command()));
      return;
    }
    decision.add(
        new Fact.AttemptFailed(
            outcome.command().path(),
            outcome.command().attempt(),
            error,
            outcome.usage(),
            outcome.startedAt(),
            outcome.endedAt()));
    progress.failures().giveUp(outcome.command().path(), outcome.command().attempt(), error);
  }

  private static StepError contextTooLarge() {
    return StepError.of(
        ErrorType.TOO_LARGE,
        "what the step's expressions name has more than %d bytes; name single members"
            .formatted(Limits.CONTEXT_BYTES));
  }
}
