package io.penstock.simulator.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a call sends to the outside. Its fingerprint stands in the answer, so that what a step could
 * see when it was called can be told from its output, and from all that is made of that.
 */
final class Sent {
  private Sent() {}

  /** As {@code error.input} shows it. */
  static Object of(Action.Work call, Map<String, ?> variables) throws ExpressionException {
    return switch (call) {
      case Action.Enrich enrich -> request(enrich.request(), variables);
      case Action.NotifyApi tell -> request(tell.request(), variables);
      case Action.NotifyChannel tell -> {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("text", tell.text().render(variables));
        yield text;
      }
      case Action.Llm llm -> llm.variables().render(variables);
      case Action.Route ignored -> throw new IllegalArgumentException("a route sends nothing");
    };
  }

  private static Object request(Action.HttpRequest request, Map<String, ?> variables)
      throws ExpressionException {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("method", request.method());
    parts.put("path", request.path().render(variables));
    put("query", request.query(), variables, parts);
    put("headers", request.headers(), variables, parts);
    put("body", request.body(), variables, parts);
    return parts;
  }

  private static void put(
      String name, Optional<Template> part, Map<String, ?> variables, Map<String, Object> parts)
      throws ExpressionException {
    if (part.isPresent()) {
      parts.put(name, part.get().render(variables));
    }
  }

  /** The same for the same values, in whatever order the members of their objects stand. */
  static String fingerprint(Object sent) {
    return Hash.of(Json.of(sorted(sent)).toString());
  }

  private static Object sorted(Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<String, Object> members = new TreeMap<>();
        object.forEach((name, member) -> members.put((String) name, sorted(member)));
        yield members;
      }
      case List<?> list -> list.stream().map(Sent::sorted).toList();
      case null -> "null";
      default -> value;
    };
  }
}
