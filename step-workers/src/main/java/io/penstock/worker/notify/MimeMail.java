package io.penstock.worker.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import jakarta.activation.DataHandler;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A mail as it goes over the wire; what is not ASCII is encoded (RFC 2047, MIME). */
final class MimeMail extends MimeMessage {
  private static final Pattern LINE_END = Pattern.compile("\\R");
  private final String id;

  /**
   * @param id {@code <unique@domain>}
   */
  MimeMail(
      String id, InternetAddress from, Optional<InternetAddress> replyTo, MailText mail, String who)
      throws CallFailedException {
    super((Session) null);
    this.id = id;
    try {
      write(from, replyTo, mail);
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new CallFailedException(
          ErrorType.INTERNAL, who + ": the mail could not be written down");
    }
  }

  String id() {
    return id;
  }

  void dated(Instant now) {
    try {
      setSentDate(Date.from(now));
      saveChanges();
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail of our own has a date", e);
    }
  }

  private void write(InternetAddress from, Optional<InternetAddress> replyTo, MailText mail)
      throws MessagingException, UnsupportedEncodingException {
    setFrom(from);
    if (replyTo.isPresent()) {
      setReplyTo(new InternetAddress[] {replyTo.get()});
    }
    setRecipients(Message.RecipientType.TO, mail.recipients().toArray(InternetAddress[]::new));
    setSubject(mail.subject(), UTF_8.name());
    // Nobody's holiday notice shall answer (RFC 3834), unless the definition says otherwise.
    setHeader("Auto-Submitted", "auto-generated");
    for (Map.Entry<String, String> header : mail.headers().entrySet()) {
      String encoded = MimeUtility.encodeText(header.getValue(), UTF_8.name(), null);
      setHeader(header.getKey(), MimeUtility.fold(header.getKey().length() + 2, encoded));
    }
    if (mail.html().isEmpty()) {
      content(this, mail.text(), "plain");
      return;
    }
    // The last alternative is the preferred one (RFC 2046).
    MimeMultipart alternatives = new MimeMultipart("alternative");
    alternatives.addBodyPart(content(new MimeBodyPart(), mail.text(), "plain"));
    alternatives.addBodyPart(content(new MimeBodyPart(), mail.html().get(), "html"));
    setContent(alternatives);
  }

  /** All kinds of line ends become the one that mails have: no server can take them otherwise. */
  private static <P extends Part> P content(P part, String text, String kind)
      throws MessagingException {
    byte[] lines = LINE_END.matcher(text).replaceAll("\r\n").getBytes(UTF_8);
    part.setDataHandler(
        new DataHandler(new ByteArrayDataSource(lines, "text/" + kind + "; charset=UTF-8")));
    return part;
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }
}
