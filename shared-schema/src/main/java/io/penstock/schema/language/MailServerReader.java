package io.penstock.schema.language;

import io.penstock.schema.definition.Channel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads where a {@code Channel} of type smtp hands its mails in. */
final class MailServerReader {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  private static final String ADDRESS =
      "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{N}.-]*[\\p{L}\\p{N}])?";

  private static final Pattern SENDER =
      Pattern.compile(
          ADDRESS
              + "|(\"[^\"\\\\\\p{Cntrl}]*\"|[^\"<>@,;:()\\[\\]\\\\\\p{Cntrl}]*) ?<"
              + ADDRESS
              + ">");

  private static final int MAX_SENDER_LENGTH = 320;
  private static final int MAX_PORT = 65_535;

  private final Fields fields;
  private final Problems problems;
  private final Values values;

  MailServerReader(Fields fields) {
    this.fields = fields;
    this.problems = fields.problems();
    this.values = new Values(problems);
  }

  /**
   * @param inside whether private addresses are allowed
   */
  Channel.MailServer read(boolean inside) {
    Channel.Security security =
        fields
            .find("security")
            .flatMap(node -> security(node, inside))
            .orElse(Channel.Security.STARTTLS);
    return new Channel.MailServer(
        fields.require("host", "smtp.example.com").flatMap(this::host).orElse(""),
        fields
            .find("port")
            .flatMap(node -> values.integer(node, 1, MAX_PORT))
            .orElse(security.usualPort()),
        security,
        fields.find("auth").map(this::login),
        fields.require("from", "Sales <sales@example.com>").flatMap(this::sender).orElse(""),
        fields.find("replyTo").flatMap(this::sender));
  }

  private Optional<Channel.Security> security(Node node, boolean inside) {
    Optional<Channel.Security> security =
        values.choice(
            node,
            List.of(Channel.Security.values()),
            choice -> choice.name().toLowerCase(Locale.ROOT));
    if (security.equals(Optional.of(Channel.Security.NONE)) && !inside) {
      problems.add(
          node.spot(),
          "in the clear only inside one's own network; write starttls or tls, or"
              + " allowPrivateAddresses: true besides");
    }
    return security;
  }

  private Channel.Login login(Node node) {
    Fields auth = Fields.of(node, "auth", problems);
    Channel.Login login =
        new Channel.Login(
            auth.require("user", "penstock").flatMap(values::text).orElse(""),
            auth.require("password", "secret://mail/password").flatMap(values::secret).orElse(""));
    auth.done();
    return login;
  }

  private Optional<String> host(Node node) {
    return matching(node, HOST, "no name of a host; write e.g. smtp.example.com, without port");
  }

  private Optional<String> sender(Node node) {
    return matching(
        node, SENDER, "no sender; write sales@example.com or Sales <sales@example.com>");
  }

  private Optional<String> matching(Node node, Pattern pattern, String otherwise) {
    Optional<String> text = values.text(node);
    boolean wrong =
        text.filter(
                written ->
                    written.length() > MAX_SENDER_LENGTH || !pattern.matcher(written).matches())
            .isPresent();
    if (wrong) {
      problems.add(node.spot(), otherwise);
      return Optional.empty();
    }
    return text;
  }
}
