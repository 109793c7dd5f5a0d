package io.penstock.worker.enrich;

import io.penstock.schema.definition.Action;
import io.penstock.schema.message.StepKind;
import io.penstock.worker.call.ApiCalls;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import io.penstock.worker.runtime.StepHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks an API for something; its answer is the step's output. */
@ApplicationScoped
public class EnrichHandler implements StepHandler {
  private final ApiCalls calls;

  public EnrichHandler(ApiCalls calls) {
    this.calls = calls;
  }

  @Override
  public StepKind kind() {
    return StepKind.ENRICH;
  }

  @Override
  public AttemptResult attempt(Attempt attempt) {
    Action.Enrich enrich = (Action.Enrich) attempt.action();
    return calls.call(attempt, enrich.api(), enrich.request());
  }
}
