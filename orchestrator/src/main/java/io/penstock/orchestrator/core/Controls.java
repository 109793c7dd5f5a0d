package io.penstock.orchestrator.core;

import io.penstock.schema.message.CompensationEnd;
import io.penstock.schema.message.CompensationTrigger;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What operators wish of an execution that is there. */
final class Controls {
  private final Decision decision;
  private final Definitions definitions;
  private final Supplier<Progress> progress;

  /**
   * @param definitions asked only by wishes that need one
   * @param progress likewise; with the version that the execution has by then
   */
  Controls(Decision decision, Definitions definitions, Supplier<Progress> progress) {
    this.decision = decision;
    this.definitions = definitions;
    this.progress = progress;
  }

  static String describe(Control control) {
    return control.verb().id() + " " + control.id();
  }

  void decide(Control control) {
    ExecutionControl found = decision.control();
    switch (control.verb()) {
      case CANCEL -> {
        if (found.isEnded() || found.isCompensating()) {
          doesNotApply(control, is(found));
        } else if (!found.isBroken() && progress.get().compensations().haveSomething()) {
          progress.get().compensations().wished(CompensationTrigger.CANCEL, control);
        } else {
          Ending.forGood(decision, new Fact.ExecutionCancelled(control.by(), control.reason()));
        }
      }
      case PAUSE -> {
        if (found.mayRequest() && !isSuspended(found)) {
          decision.add(new Fact.ExecutionPaused(control.by(), control.reason()));
        } else {
          doesNotApply(control, is(found));
        }
      }
      case RESUME -> {
        if (found.phase() instanceof Phase.Paused) {
          resume(control);
        } else {
          doesNotApply(control, is(found) + ", not " + ExecutionStatus.PAUSED);
        }
      }
      case REPLAY -> replay(control, found);
      case COMPENSATE -> {
        if (found.isEnded() || found.isCompensating()) {
          doesNotApply(control, is(found));
        } else if (progress.get().compensations().haveSomething()) {
          progress.get().compensations().wished(CompensationTrigger.OPERATOR, control);
        } else {
          doesNotApply(control, "nothing has completed that a compensation undoes");
        }
      }
      case RETRY_COMPENSATION -> {
        if (found.isCompensating()) {
          replay(control, found);
        } else {
          doesNotApply(control, is(found) + "; nothing is being undone");
        }
      }
      case SKIP_COMPENSATION -> endCompensation(control, CompensationEnd.SKIPPED);
      case MARK_COMPENSATED -> endCompensation(control, CompensationEnd.MARKED);
    }
  }

  private void endCompensation(Control control, CompensationEnd end) {
    ExecutionControl found = decision.control();
    if (found.isEnded() || !found.isCompensating()) {
      doesNotApply(control, is(found) + "; nothing is being undone");
    } else if (!progress.get().compensations().endedBy(control, end)) {
      doesNotApply(
          control,
          "no compensation has failed"
              + control.path().map(path -> " at '%s'".formatted(path)).orElse(""));
    }
  }

  private static String is(ExecutionControl control) {
    return (control.isEnded() ? "the execution has ended: " : "the execution is ")
        + control.status();
  }

  /** Waits for an operator already; a pause on top would only hide for what. */
  private static boolean isSuspended(ExecutionControl control) {
    return control.status() == ExecutionStatus.SUSPENDED
        || control.status() == ExecutionStatus.FAILED_TO_COMPENSATE;
  }

  private void replay(Control control, ExecutionControl found) {
    Reopening reopening = new Reopening(decision, definitions);
    Optional<String> refusal = reopening.refusal(control);
    if (refusal.isPresent()) {
      decision.add(new Fact.InputIgnored(IgnoredReason.NOT_APPLICABLE, describe(control), refusal));
      return;
    }
    List<StepPath> reopened = reopening.decide(control);
    if (found.phase() instanceof Phase.Broken broken) {
      restart(control, broken);
    } else if (decision.control().mayRequest()) {
      progress.get().attempts().releaseHeld();
    }
    if (!found.isCompensating()) {
      reopened.forEach(step -> progress.get().rounds().fillAround(step));
    }
  }

  /**
   * After a bug. Commands that are out stay out, since their outcomes count: to hand them out again
   * would make their calls twice. The one whose outcome was lost with the input is held, see {@link
   * ExecutionDecider}; and for any other there is its safety net.
   */
  private void restart(Control control, Phase.Broken broken) {
    if (broken.paused()) {
      decision.add(new Fact.ExecutionPaused(control.by(), control.reason()));
      return;
    }
    resume(control);
    if (!decision.control().isCompensating() && decision.state().scope(ScopePath.ROOT).isEmpty()) {
      progress.get().enter(ScopePath.ROOT); // it broke before its first step
    }
  }

  private void resume(Control control) {
    decision.add(new Fact.ExecutionResumed(control.by(), control.reason()));
    progress.get().attempts().releaseHeld();
    if (decision.control().isCompensating()) {
      progress.get().compensations().goOn(); // what ended while a bug stopped it began nothing
    }
  }

  private void doesNotApply(Control control, String why) {
    decision.add(
        new Fact.InputIgnored(IgnoredReason.NOT_APPLICABLE, describe(control), Optional.of(why)));
  }
}
