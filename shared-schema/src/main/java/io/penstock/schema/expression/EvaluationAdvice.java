package io.penstock.schema.expression;

import dev.cel.runtime.CelEvaluationException;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says why an expression could not be evaluated, from the expression's own words only: CEL's
 * messages quote data.
 */
final class EvaluationAdvice {
  private final String source;
  private final Set<Reference> references;

  EvaluationAdvice(String source, Set<Reference> references) {
    this.source = source;
    this.references = references;
  }

  ExpressionException failed(CelEvaluationException e, Map<String, ?> context) {
    return switch (e.getErrorCode()) {
      case ATTRIBUTE_NOT_FOUND -> missing(context);
      case INDEX_OUT_OF_BOUNDS -> because("a list has fewer elements; check size(…) first");
      case DIVIDE_BY_ZERO -> because("it divides by zero");
      case NUMERIC_OVERFLOW -> because("a number is out of range");
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD ->
          because(
              "an operator or function is given types that it cannot take together; convert with"
                  + " int(…), double(…) or string(…)"
                  + nullHint(context));
      case INVALID_ARGUMENT, TYPE_NOT_FOUND, BAD_FORMAT, DUPLICATE_ATTRIBUTE ->
          because("a value does not have the type or form that is needed there");
      case ITERATION_BUDGET_EXCEEDED ->
          because("it goes through more than 10000 elements; let a step do that work");
      case INTERNAL_ERROR -> because(BoundedGrowth.reason(e).orElse("it failed on this data"));
    };
  }

  /** A variable that the context does not have makes CEL answer "unknown" instead of failing. */
  ExpressionException unusable(PlainResult.NotPlainException e, Map<String, ?> context) {
    return firstMissing(context)
        .filter(reference -> !context.containsKey(reference.root()))
        .map(reference -> missing(context))
        .orElseGet(() -> because("its result is " + e.getMessage()));
  }

  ExpressionException noCondition(Object result) {
    return because("a condition must be true or false, the result is " + typeOf(result));
  }

  private ExpressionException missing(Map<String, ?> context) {
    return firstMissing(context)
        .map(reference -> because(absence(reference, context)))
        .orElseGet(
            () ->
                because(
                    "a member that it computes or goes through is not there; check with has(…) or"
                        + " \"name\" in … first"));
  }

  private String absence(Reference reference, Map<String, ?> context) {
    List<String> path = reference.path();
    Object here = plain(context.get(path.getFirst()));
    int known = 1;
    while (known < path.size() && here instanceof Map<?, ?> map) {
      if (!map.containsKey(path.get(known))) {
        break;
      }
      here = plain(map.get(path.get(known)));
      known++;
    }
    if (!context.containsKey(path.getFirst())) {
      return "there is no '" + path.getFirst() + "' here";
    }
    Reference parent = new Reference(path.subList(0, known));
    Reference member = new Reference(path.subList(0, known + 1));
    return here instanceof Map<?, ?>
        ? String.format(
            "%s is not there ('%s' has no such member); where it may be absent write"
                + " %s[?\"%s\"].orValue(…)",
            member, parent, parent, path.get(known))
        : String.format(
            "%s is not there: '%s' is %s; check %s != null first",
            member, parent, typeOf(here), parent);
  }

  private Optional<Reference> firstMissing(Map<String, ?> context) {
    return references.stream().filter(reference -> !isThere(reference, context)).findFirst();
  }

  private static boolean isThere(Reference reference, Map<String, ?> context) {
    Object here = context;
    for (String name : reference.path()) {
      if (!(plain(here) instanceof Map<?, ?> map) || !map.containsKey(name)) {
        return false;
      }
      here = map.get(name);
    }
    return true;
  }

  private String nullHint(Map<String, ?> context) {
    return references.stream()
        .filter(reference -> isThere(reference, context) && isNull(reference, context))
        .findFirst()
        .map(reference -> " ('" + reference + "' is null)")
        .orElse("");
  }

  private static boolean isNull(Reference reference, Map<String, ?> context) {
    Object here = context;
    for (String name : reference.path()) {
      here = plain(here) instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return plain(here) == null;
  }

  private static Object plain(Object value) {
    return value instanceof Json json ? json.value() : value;
  }

  private static String typeOf(Object value) {
    return switch (value) {
      case null -> "null";
      case Map<?, ?> ignored -> "an object";
      case List<?> ignored -> "an array";
      case Number ignored -> "a number";
      case Boolean ignored -> "true or false";
      default -> "text";
    };
  }

  private ExpressionException because(String reason) {
    return new ExpressionException("cannot evaluate '" + source + "': " + reason);
  }
}
