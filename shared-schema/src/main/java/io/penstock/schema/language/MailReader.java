package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.Template;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a notification needs besides its text when it goes out as a mail. */
final class MailReader {
  static final List<String> FIELDS = List.of("to", "subject", "html", "headers");

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,75}");

  /** Written by the worker, by what the definition says elsewhere, or by mail servers. */
  private static final Set<String> OURS =
      Set.of(
          "from",
          "sender",
          "to",
          "cc",
          "bcc",
          "reply-to",
          "subject",
          "date",
          "message-id",
          "mime-version",
          "return-path",
          "received",
          "dkim-signature");

  private static final List<String> OUR_PREFIXES = List.of("content-", "resent-", "arc-");

  private final Problems problems;
  private final Expressions expressions;

  MailReader(Problems problems, Expressions expressions) {
    this.problems = problems;
    this.expressions = expressions;
  }

  /** Empty if nothing of a mail is written. */
  Optional<Action.Mail> read(Fields notify) {
    if (FIELDS.stream().filter(notify::has).toList().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Action.Mail(
            notify
                .require("to", "\"{{ input.email }}\"")
                .flatMap(this::recipients)
                .orElse(Templates.constant("")),
            notify
                .require("subject", "\"…\"")
                .flatMap(expressions::textTemplate)
                .orElse(Templates.constant("")),
            notify.find("html").flatMap(expressions::textTemplate),
            notify.find("headers").flatMap(this::headers)));
  }

  private Optional<Template> recipients(Node node) {
    if (!(node instanceof Node.Sequence sequence)) {
      return expressions.textTemplate(node);
    }
    int before = problems.count();
    int recipients = new Values(problems).list(node, "recipients").size();
    if (recipients > Action.Mail.MAX_RECIPIENTS) {
      problems.add(
          node.spot(),
          "%d recipients; one mail has at most %d, a foreach sends more"
              .formatted(recipients, Action.Mail.MAX_RECIPIENTS));
    }
    for (Node recipient : sequence.elements()) {
      expressions.textTemplate(recipient);
    }
    return problems.count() > before ? Optional.empty() : expressions.template(node);
  }

  private Optional<Template> headers(Node node) {
    if (node instanceof Node.Mapping mapping) {
      mapping.names().forEach(this::checkName);
    }
    return expressions.objectTemplate(node);
  }

  private void checkName(String name, Spot spot) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!HEADER.matcher(name).matches()) {
      problems.add(spot, "'" + name + "' is no name of a mail's header");
    } else if (OURS.contains(lower) || OUR_PREFIXES.stream().anyMatch(lower::startsWith)) {
      problems.add(spot, "'" + name + "' cannot be set here; leave it out");
    }
  }
}
