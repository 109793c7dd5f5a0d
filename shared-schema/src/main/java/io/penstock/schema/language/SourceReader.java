package io.penstock.schema.language;

import io.penstock.schema.definition.Alert;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.Source;
import io.penstock.schema.definition.Source.Encoding;
import io.penstock.schema.definition.Source.Signature;
import io.penstock.schema.expression.Template;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a {@code Source}. */
final class SourceReader {
  private static final String STANDARD_WEBHOOKS = "standard-webhooks";
  private static final String HMAC = "hmac";
  private static final String NONE = "none";
  private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);
  private static final Template WEBHOOK_ID = Templates.constant("{{ headers[\"webhook-id\"] }}");
  private static final Template MISSING = Templates.constant("");

  private final Fields fields;
  private final Problems problems;
  private final Values values;

  private SourceReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
  }

  static Definition read(Fields fields) {
    return new SourceReader(fields).read();
  }

  private Source read() {
    String name = fields.require("name", "crm").flatMap(this::name).orElse("");
    Signature signature =
        fields
            .require("signature", "{scheme: standard-webhooks, secrets: [secret://crm/webhook]}")
            .map(this::signature)
            .orElse(new Source.Unsigned());
    Source.Mapping event =
        fields
            .require("event", "{id: \"{{ body.id }}\", type: \"{{ body.type }}\"}")
            .map(node -> event(node, signature))
            .orElse(mapping(Optional.empty(), MISSING));
    fields.done(Set.of("rateLimit", "clientCertificate", "description"));
    return new Source(name, signature, event);
  }

  private Optional<String> name(Node node) {
    Optional<String> name = values.name(node);
    if (name.isPresent() && name.get().equals(Alert.SOURCE)) {
      problems.add(
          node.spot(),
          "'" + Alert.SOURCE + "' is the source of Penstock's own events; choose another name");
      return Optional.empty();
    }
    return name;
  }

  private Signature signature(Node node) {
    Fields part = Fields.of(node, "signature", problems);
    String scheme =
        part.require("scheme", STANDARD_WEBHOOKS)
            .flatMap(
                value ->
                    values.choice(
                        value, List.of(STANDARD_WEBHOOKS, HMAC, NONE), Function.identity()))
            .orElse("");
    Signature signature =
        switch (scheme) {
          case STANDARD_WEBHOOKS ->
              new Source.StandardWebhooks(
                  secrets(part),
                  part.find("tolerance")
                      .flatMap(
                          value ->
                              values.duration(value, Duration.ofSeconds(1), Duration.ofHours(24)))
                      .orElse(DEFAULT_TOLERANCE));
          case HMAC -> hmac(part);
          default -> new Source.Unsigned();
        };
    if (!scheme.isEmpty()) {
      part.done();
    }
    return signature;
  }

  private Source.Hmac hmac(Fields part) {
    return new Source.Hmac(
        secrets(part),
        part.require("header", "x-signature").flatMap(values::text).orElse(""),
        part.find("algorithm")
            .flatMap(
                value ->
                    values.choice(value, List.of("sha256", "sha512", "sha1"), Function.identity()))
            .orElse("sha256"),
        part.find("prefix").flatMap(values::text).orElse(""),
        part.find("encoding")
            .flatMap(
                value ->
                    values.choice(
                        value,
                        List.of(Encoding.values()),
                        choice -> choice.name().toLowerCase(Locale.ROOT)))
            .orElse(Encoding.HEX));
  }

  private List<String> secrets(Fields part) {
    return part
        .require("secrets", "[secret://crm/webhook]")
        .map(node -> values.list(node, "secret references"))
        .orElse(List.of())
        .stream()
        .flatMap(node -> values.secret(node).stream())
        .toList();
  }

  private Source.Mapping event(Node node, Signature signature) {
    Fields part = Fields.of(node, "event", problems);
    Expressions expressions = new Expressions(problems, Expressions.OF_REQUEST);
    Optional<Template> id = id(part, signature, expressions);
    Source.Mapping mapping =
        new Source.Mapping(
            id,
            part.require("type", "contact.created")
                .flatMap(expressions::textTemplate)
                .orElse(MISSING),
            part.find("subject").flatMap(expressions::textTemplate),
            part.find("time").flatMap(expressions::textTemplate),
            part.find("partitionKey").flatMap(expressions::textTemplate),
            part.find("data").flatMap(expressions::template));
    part.done(Set.of("items", "foreach"));
    return mapping;
  }

  private Optional<Template> id(Fields part, Signature signature, Expressions expressions) {
    if (!part.has("id")) {
      if (!(signature instanceof Source.StandardWebhooks)) {
        problems.add(
            part.spot(),
            "an event needs an id, so that a repetition is noticed; write id: \"{{ body.id }}\", or"
                + " id: random to accept repetitions");
      }
      return Optional.of(WEBHOOK_ID);
    }
    return part.find("id").flatMap(node -> id(node, expressions));
  }

  private Optional<Template> id(Node node, Expressions expressions) {
    if (node instanceof Node.Scalar scalar && "random".equals(scalar.value())) {
      return Optional.empty();
    }
    Optional<Template> id = expressions.textTemplate(node);
    if (id.isPresent() && id.get().references().isEmpty()) {
      problems.add(
          node.spot(),
          "every event would have the same id; take it from the request: \"{{ body.id }}\"");
    }
    return id;
  }

  private static Source.Mapping mapping(Optional<Template> id, Template type) {
    return new Source.Mapping(
        id, type, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
