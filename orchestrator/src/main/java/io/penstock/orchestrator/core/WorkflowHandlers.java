package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Catch;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepPath;
import java.util.List;
import java.util.Optional;

/**
 * What the workflow itself does about a failure that no step has caught, and at its end. Both run
 * inside {@link Workflow#WHOLE}, which takes the place of the current step of the root scope. A
 * failure in there is handled by {@code onFailure}, never by the same again.
 */
final class WorkflowHandlers {
  private static final ScopePath FINALLY = Workflow.WHOLE.slot(Workflow.FINALLY_SLOT);

  private final Decision decision;
  private final Workflow workflow;
  private final Progress progress;

  WorkflowHandlers(Decision decision, Workflow workflow, Progress progress) {
    this.decision = decision;
    this.workflow = workflow;
    this.progress = progress;
  }

  static boolean isWhole(StepPath path) {
    return path.equals(Workflow.WHOLE);
  }

  /** The catches that may take a failure of this step once no step has. */
  List<Catch> catchesFor(StepPath failed) {
    boolean isHandlingAlready =
        failed.value().startsWith(Workflow.WHOLE.value() + "/") || isWhole(failed);
    return isHandlingAlready ? List.of() : workflow.handlers().catches();
  }

  /** The execution is to fail, after {@code finally}; or to be undone, without it. */
  void fails(Caught failed) {
    if (workflow.onFailure() == OnFailure.COMPENSATE) {
      end(failed);
      return;
    }
    Optional<StepState.Inside> running = runningFinally();
    if (running.isPresent()) {
      // What it failed of first is what people look for; the other error stands in history.
      end(running.get().caught().orElse(failed));
    } else if (workflow.handlers().lastly().isEmpty()) {
      end(failed);
    } else {
      Caught noted = new Context(decision.state(), workflow).noted(failed, ScopePath.ROOT);
      decision.add(new Fact.ScopesCancelled(List.of(ScopePath.ROOT)));
      begin(Optional.of(noted));
    }
  }

  /**
   * The execution is to complete.
   *
   * @return whether there are steps to be done before
   */
  boolean completes() {
    if (workflow.handlers().lastly().isEmpty()) {
      return false;
    }
    begin(Optional.empty());
    return true;
  }

  /** The last step of {@code finally} is done. */
  void finallyClosed() {
    Optional<Caught> failed = runningFinally().flatMap(StepState.Inside::caught);
    if (failed.isPresent()) {
      end(failed.get());
    } else {
      Ending.completeNow(decision, workflow, progress);
    }
  }

  private void begin(Optional<Caught> failed) {
    Optional<StepError> error = failed.map(Caught::error);
    decision.add(
        new Fact.FinallyStarted(
            error,
            failed.flatMap(Caught::step),
            failed.map(Caught::attempt),
            failed.flatMap(Caught::around).map(Caught::handled)));
    progress.enter(FINALLY);
  }

  /** No step can be replayed for it, so it is not suspended. */
  void end(Caught failed) {
    if (workflow.onFailure() == OnFailure.COMPENSATE) {
      progress.compensations().failed(failed.step(), failed.error());
    } else {
      Ending.butRestartable(decision, new Fact.ExecutionFailed(failed.step(), failed.error()));
    }
  }

  private Optional<StepState.Inside> runningFinally() {
    return Steps.current(decision.state(), Workflow.WHOLE)
        .filter(StepState.Inside.class::isInstance)
        .map(StepState.Inside.class::cast)
        .filter(inside -> inside.slot().equals(Workflow.FINALLY_SLOT));
  }
}
