package io.penstock.ingest.mapping;

import io.penstock.ingest.event.IncomingEvent;
import io.penstock.ingest.problem.Reason;
import io.penstock.ingest.problem.RejectedException;
import io.penstock.ingest.request.IncomingRequest;
import io.penstock.schema.definition.Source;
import io.penstock.schema.expression.Template;
import io.penstock.schema.expression.Variables;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes events of a webhook's request as its {@code Source} says. Pure but for the random ids.
 *
 * <p>A body that is an array holds one event per element, and {@code body} is then the element; an
 * empty array holds none.
 */
public final class RequestMapping {
  /** Never visible to expressions, so that no mapping can put them into a record. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private final String source;
  private final Source.Mapping mapping;
  private final Supplier<String> randomId;

  /**
   * @param randomId for sources that declare {@code id: random}
   */
  public RequestMapping(Source source, Supplier<String> randomId) {
    this.source = source.name();
    this.mapping = source.event();
    this.randomId = randomId;
  }

  /**
   * @param body what {@link IncomingRequest#body()} says, parsed
   * @return in the order of the body
   * @throws RejectedException naming the field, if one event of them cannot be made, or if there
   *     are more than {@code maxEvents}
   */
  public List<IncomingEvent> events(IncomingRequest request, Json body, int maxEvents)
      throws RejectedException {
    Map<String, Object> context = new HashMap<>();
    context.put(Variables.HEADERS, withoutCredentials(request.headers()));
    context.put(Variables.QUERY, request.query());
    if (!(body.value() instanceof List<?> elements)) {
      return List.of(event(context, body, ""));
    }
    if (elements.size() > maxEvents) {
      throw new RejectedException(
          Reason.TOO_LARGE,
          "the body holds %d events, at most %d are taken at once: send several requests"
              .formatted(elements.size(), maxEvents));
    }
    List<IncomingEvent> events = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      events.add(event(context, Json.of(elements.get(i)), " of element " + i));
    }
    return events;
  }

  private IncomingEvent event(Map<String, Object> context, Json body, String which)
      throws RejectedException {
    context.put(Variables.BODY, body);
    return new IncomingEvent(
        source,
        mapping.id().isPresent()
            ? required("event.id", mapping.id().get(), context, which)
            : randomId.get(),
        required("event.type", mapping.type(), context, which),
        optional("event.subject", mapping.subject(), context, which),
        Field.time("event.time" + which, optional("event.time", mapping.time(), context, which)),
        optional("event.partitionKey", mapping.partitionKey(), context, which),
        data(context, body, which));
  }

  private static String required(
      String field, Template template, Map<String, Object> context, String which)
      throws RejectedException {
    return Field.required(field + which, Field.render(field + which, template, context));
  }

  private static Optional<String> optional(
      String field, Optional<Template> template, Map<String, Object> context, String which)
      throws RejectedException {
    return template.isEmpty()
        ? Optional.empty()
        : Field.optional(field + which, Field.render(field + which, template.get(), context));
  }

  private Json data(Map<String, Object> context, Json body, String which) throws RejectedException {
    return mapping.data().isEmpty()
        ? body
        : Json.of(Field.render("event.data" + which, mapping.data().get(), context));
  }

  private static Map<String, String> withoutCredentials(Map<String, String> headers) {
    Map<String, String> shown = new HashMap<>(headers);
    shown.keySet().removeAll(CREDENTIALS);
    return shown;
  }
}
