package io.penstock.worker.notify;

import io.penstock.schema.definition.Channel;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.TcpConnection;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * What it means for a step that a mail did not go out. Servers quote addresses in what they say:
 * only their numbers are repeated.
 */
record SmtpFailures(String who, TcpConnection connection) {

  CallFailedException noLogin() {
    return failure(ErrorType.AUTHENTICATION, "the mail server offers no login that we know");
  }

  CallFailedException of(
      MessagingException failed,
      SMTPTransport transport,
      int recipients,
      Channel.Security security) {
    SmtpAnswer last = SmtpAnswer.of(transport.getLastServerResponse());
    Optional<IOException> broken = broken(failed);
    if (broken.isPresent()) {
      return connection.failure(broken.get());
    }
    List<SmtpAnswer> refusals = refusals(failed);
    if (!refusals.isEmpty()) {
      return recipients(refusals, recipients);
    }
    if (last.isEnd()) {
      return connection.failure(new IOException("closed by the mail server"));
    }
    if (failed instanceof AuthenticationFailedException && !last.isTemporary()) {
      return last.isPermanent() ? refused(last, "the login") : noLogin();
    }
    if (security == Channel.Security.STARTTLS
        && last.code() == 250
        && !transport.supportsExtension("STARTTLS")) {
      return failure(
          ErrorType.CONFIGURATION,
          "the mail server offers no STARTTLS; write security: tls if it has TLS from the start");
    }
    return refused(last, subject(failed));
  }

  private CallFailedException refused(SmtpAnswer answer, String what) {
    if (answer.isTemporary()) {
      return failure(
          ErrorType.COMMUNICATION,
          "the mail server does not take %s now (%s)".formatted(what, answer));
    }
    if (!answer.isPermanent()) {
      return failure(ErrorType.RUNTIME, "what answers does not speak SMTP");
    }
    ErrorType type =
        switch (answer.code()) {
          case 530, 534, 535, 538 -> ErrorType.AUTHENTICATION;
          case 552 -> ErrorType.TOO_LARGE;
          default -> ErrorType.RUNTIME;
        };
    return failure(type, "the mail server refused %s (%s)".formatted(what, answer));
  }

  /** One that is refused for good decides: trying again would not send the mail either. */
  private CallFailedException recipients(List<SmtpAnswer> refusals, int all) {
    Optional<SmtpAnswer> lasting = refusals.stream().filter(SmtpAnswer::isPermanent).findFirst();
    String share = "%d of %d recipients".formatted(refusals.size(), all);
    return lasting.isPresent()
        ? failure(
            // Also 552, which is a full mailbox here.
            ErrorType.RUNTIME,
            "the mail server refused %s (%s); nothing was sent".formatted(share, lasting.get()))
        : refused(refusals.getFirst(), share);
  }

  private static List<SmtpAnswer> refusals(MessagingException failed) {
    List<SmtpAnswer> answers = new ArrayList<>();
    for (Exception each = failed; each != null; each = next(each)) {
      if (each instanceof SMTPAddressFailedException) {
        SmtpAnswer answer = SmtpAnswer.of(each.getMessage());
        if (answer.isTemporary() || answer.isPermanent()) {
          answers.add(answer);
        }
      }
    }
    return answers;
  }

  private static Optional<IOException> broken(MessagingException failed) {
    for (Exception each = failed; each != null; each = next(each)) {
      if (each instanceof IOException broken) {
        return Optional.of(broken);
      }
    }
    return Optional.empty();
  }

  private static Exception next(Exception failure) {
    return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  private static String subject(MessagingException failed) {
    if (!(failed instanceof SMTPSendFailedException sending)) {
      return "us";
    }
    return sending.getCommand().startsWith("MAIL") ? "the sender" : "the mail";
  }

  private CallFailedException failure(ErrorType type, String what) {
    return new CallFailedException(type, who + ": " + what);
  }
}
