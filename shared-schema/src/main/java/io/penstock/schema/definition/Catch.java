package io.penstock.schema.definition;

import io.penstock.schema.expression.Template;
import io.penstock.schema.message.ErrorType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do instead when a step has failed.
 *
 * @param errors empty: any error
 */
public record Catch(Set<ErrorType> errors, Handling handling) {
  public Catch {
    errors = Set.copyOf(errors);
  }

  public boolean takes(ErrorType type) {
    return errors.isEmpty() || errors.contains(type);
  }

  /** The steps that it does, in its slot; none where it gives an output only. */
  public List<Step> steps() {
    return switch (handling) {
      case FallbackOutput ignored -> List.of();
      case FallbackAction fallback ->
          List.of(
              new Step(
                  Workflow.FALLBACK_STEP_ID,
                  fallback.action(),
                  fallback.retry(),
                  fallback.timeout(),
                  List.of()));
      case FallbackSteps fallback -> fallback.steps();
    };
  }

  /** Output, action, or several steps. */
  public sealed interface Handling {}

  /** The step completes with this; {@code error} can be read. */
  public record FallbackOutput(Template output) implements Handling {}

  /** Another action, whose output becomes the step's. */
  public record FallbackAction(
      Action.Work action, Retry retry, Optional<java.time.Duration> timeout) implements Handling {}

  /**
   * Steps one after the other, in which {@code error} can be read.
   *
   * @param steps at least one
   * @param output what the step completes with, seeing these steps; absent: what the last of them
   *     gave
   */
  public record FallbackSteps(List<Step> steps, Optional<Template> output) implements Handling {
    public FallbackSteps {
      steps = List.copyOf(steps);
    }
  }
}
