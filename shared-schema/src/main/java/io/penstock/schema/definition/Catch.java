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

  /** The fallback as a step of its own, if it is one; it has no catch of its own. */
  public Optional<Step> fallbackStep() {
    return switch (handling) {
      case FallbackOutput ignored -> Optional.empty();
      case FallbackAction fallback ->
          Optional.of(
              new Step(
                  Workflow.FALLBACK_STEP_ID,
                  fallback.action(),
                  fallback.retry(),
                  fallback.timeout(),
                  List.of()));
    };
  }

  /** Output or action. */
  public sealed interface Handling {}

  /** The step completes with this; {@code error.type} and {@code error.message} can be read. */
  public record FallbackOutput(Template output) implements Handling {}

  /** Another action, whose output becomes the step's. */
  public record FallbackAction(
      Action.Work action, Retry retry, Optional<java.time.Duration> timeout) implements Handling {}
}
