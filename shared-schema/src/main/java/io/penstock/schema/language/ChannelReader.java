package io.penstock.schema.language;

import io.penstock.schema.definition.Channel;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.secret.SecretReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a {@code Channel}. */
final class ChannelReader {
  private static final Set<String> TYPES_LATER = Set.of("email", "teams");
  private static final String MAIL = "smtp";

  private final Fields fields;
  private final Problems problems;
  private final Values values;

  private ChannelReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
  }

  static Definition read(Fields fields) {
    return new ChannelReader(fields).read();
  }

  private Channel read() {
    String name = fields.require("name", "slack-sales").flatMap(values::name).orElse("");
    String type = fields.require("type", "slack").flatMap(this::type).orElse("http");
    boolean inside = fields.find("allowPrivateAddresses").flatMap(values::bool).orElse(false);
    Channel channel =
        new Channel(
            name,
            type.equals(MAIL) ? new MailServerReader(fields).read(inside) : webhook(type),
            StepReader.timeout(fields, values).orElse(Channel.DEFAULT_TIMEOUT),
            inside,
            CallLimitsReader.read(fields));
    fields.done(Set.of("retry", "description"));
    return channel;
  }

  private Channel.Webhook webhook(String type) {
    Channel.Webhook webhook =
        new Channel.Webhook(
            Channel.Type.valueOf(type.toUpperCase(Locale.ROOT)),
            fields.require("url", "secret://slack/sales").flatMap(this::url).orElse(""),
            fields.find("secret").flatMap(values::secret));
    if (webhook.secret().isPresent() && webhook.type() == Channel.Type.SLACK) {
      problems.add(
          fields.spot("secret"), "only a channel of type http is signed; leave 'secret' out");
    }
    return webhook;
  }

  private Optional<String> type(Node node) {
    if (node instanceof Node.Scalar scalar && TYPES_LATER.contains(scalar.value())) {
      problems.add(
          node.spot(),
          "'%s' is not supported yet; write http, slack or smtp".formatted(scalar.value()));
      return Optional.empty();
    }
    return values.choice(node, List.of("http", "slack", MAIL), Function.identity());
  }

  /** The address may be the credential: it is not repeated in problems. */
  private Optional<String> url(Node node) {
    return values
        .text(node)
        .filter(
            text -> {
              boolean valid =
                  SecretReference.parse(text).isPresent() || Values.address(text).isPresent();
              if (!valid) {
                problems.add(
                    node.spot(), "write an https:// URL without query, or secret://name/key");
              }
              return valid;
            });
  }
}
