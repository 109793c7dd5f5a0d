package io.penstock.simulator.language;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a step fails of once nothing of its own has taken it.
 *
 * @param step empty: none, but the output of the whole
 * @param message or {@link Unknown#VALUE}: the text of what an expression fails of is not promised
 * @param attempts number of the last attempt
 * @param input what the step was to do
 */
record Failure(
    Optional<StepPath> step, ErrorType type, String message, Object attempts, Object input) {

  /** A step's expression fails; no attempt was made of it. */
  static Failure ofExpression(StepPath step, Object attempts, Object input) {
    return new Failure(Optional.of(step), ErrorType.EXPRESSION, Unknown.VALUE, attempts, input);
  }

  /** What was to be left instead cannot be made: the same step, for another reason. */
  Failure becauseOfOutput() {
    return new Failure(step, ErrorType.EXPRESSION, Unknown.VALUE, attempts, input);
  }

  /** As {@code error} shows it, one of these being it. */
  static Map<String, Object> seen(List<Failure> oneOf) {
    return oneOf.stream().map(Failure::seen).reduce(Failure::either).orElseThrow();
  }

  private Map<String, Object> seen() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", type.id());
    error.put("message", message);
    error.put("step", step.map(StepPath::value).orElse(null));
    error.put("attempts", attempts);
    error.put("input", input);
    return error;
  }

  private static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other) {
    Map<String, Object> both = new LinkedHashMap<>(one);
    both.replaceAll((name, value) -> Unknown.either(value, other.get(name)));
    return both;
  }
}
