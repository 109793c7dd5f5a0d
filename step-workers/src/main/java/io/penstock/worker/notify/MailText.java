package io.penstock.worker.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.definition.Action;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.expression.Template;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mail with its values put in, all of them checked: they come from events, and none may become an
 * order to the mail server or to who reads the mail.
 *
 * @param recipients 1 to {@value Action.Mail#MAX_RECIPIENTS}, each once
 * @param headers by name
 */
record MailText(
    List<InternetAddress> recipients,
    String subject,
    String text,
    Optional<String> html,
    Map<String, String> headers) {

  /** Of text and HTML together, in UTF-8. */
  static final int MAX_BYTES = 1024 * 1024;

  /**
   * @throws CallFailedException {@code validation} or {@code tooLarge}; says where and not what,
   *     since addresses and texts are personal
   */
  static MailText render(Template text, Action.Mail mail, Map<String, ?> variables, String who)
      throws ExpressionException, CallFailedException {
    MailText rendered =
        new MailText(
            recipients(mail.to().render(variables), who),
            headerText(mail.subject().render(variables), "subject", who),
            RenderedText.of(text, variables),
            mail.html().isPresent()
                ? Optional.of(mail.html().get().renderText(variables, HtmlText::escaped))
                : Optional.empty(),
            headers(mail, variables, who));
    int bytes =
        rendered.text.getBytes(UTF_8).length
            + rendered.html.map(html -> html.getBytes(UTF_8).length).orElse(0);
    if (bytes > MAX_BYTES) {
      throw new CallFailedException(
          ErrorType.TOO_LARGE,
          "%s: text and html have %d bytes, a mail has at most %d"
              .formatted(who, bytes, MAX_BYTES));
    }
    return rendered;
  }

  private static List<InternetAddress> recipients(Object to, String who)
      throws CallFailedException {
    List<?> written = to instanceof List<?> list ? list : List.of(to == null ? "" : to);
    if (written.isEmpty() || written.size() > Action.Mail.MAX_RECIPIENTS) {
      throw invalid(
          who,
          "'to' has %d addresses, a mail has 1 to %d"
              .formatted(written.size(), Action.Mail.MAX_RECIPIENTS));
    }
    Set<InternetAddress> recipients = new LinkedHashSet<>();
    for (int i = 0; i < written.size(); i++) {
      try {
        recipients.add(MailAddress.parse(written.get(i) instanceof String text ? text : ""));
      } catch (AddressException e) {
        throw invalid(
            who,
            "'to' is no mail address of the form name@domain (number %d of %d)"
                .formatted(i + 1, written.size()));
      }
    }
    return List.copyOf(recipients);
  }

  private static Map<String, String> headers(Action.Mail mail, Map<String, ?> variables, String who)
      throws ExpressionException, CallFailedException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (mail.headers().isPresent()
        && mail.headers().get().render(variables) instanceof Map<?, ?> rendered) {
      for (Map.Entry<?, ?> header : rendered.entrySet()) {
        if (header.getValue() != null) {
          String name = (String) header.getKey();
          headers.put(name, headerText(header.getValue(), "headers." + name, who));
        }
      }
    }
    return headers;
  }

  private static String headerText(Object rendered, String field, String who)
      throws CallFailedException {
    String text = RenderedText.of(rendered);
    if (HeaderText.breaksOut(text)) {
      throw invalid(who, "'%s' has line ends or control characters".formatted(field));
    }
    if (text.length() > HeaderText.MAX_LENGTH) {
      throw invalid(
          who,
          "'%s' has %d characters, a header has at most %d"
              .formatted(field, text.length(), HeaderText.MAX_LENGTH));
    }
    return text;
  }

  private static CallFailedException invalid(String who, String problem) {
    return new CallFailedException(ErrorType.VALIDATION, who + ": " + problem);
  }
}
