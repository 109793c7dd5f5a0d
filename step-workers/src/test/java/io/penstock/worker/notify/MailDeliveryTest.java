package io.penstock.worker.notify;

import static io.penstock.worker.notify.Mailing.MAIL;
import static io.penstock.worker.notify.Mailing.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.worker.call.TestCertificate;
import io.penstock.worker.runtime.Attempt;
import jakarta.mail.Address;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives at a real mail server. */
class MailDeliveryTest {
  @TempDir static Path folder;

  private static final Mailing MAILING = new Mailing();
  private static TestCertificate certificate;
  private static GreenMail server;

  @BeforeAll
  static void serve() throws Exception {
    certificate = TestCertificate.of("mail.example", folder);
    System.setProperty("greenmail.tls.keystore.file", certificate.store().toString());
    System.setProperty("greenmail.tls.keystore.password", certificate.password());
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
            });
    server.start();
    server.setUser("sales@example.com", "penstock", Mailing.PASSWORD);
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void empty() throws Exception {
    server.purgeEmailFromAllMailboxes();
  }

  @Test
  void a_mail_arrives_as_it_was_written() throws Exception {
    String id =
        MAILING.sent(
            attempt(
                plain() + ", replyTo: answers@example.com",
                """
                to: "Zoë O'Neill <{{ input.email }}>", subject: "Grüße, {{ input.name }}",
                text: "Hallo {{ input.name }} ☕", headers: {X-Campaign: "Frühling {{ input.n }}", X-None: "{{ null }}"}
                """,
                Map.of("email", "zoe@example.com", "name", "Zoë", "n", 7)));
    MimeMessage mail = arrived(1).getFirst();
    assertThat(mail.getMessageID()).isEqualTo(id).endsWith("@example.com>");
    assertThat(mail.getSubject()).isEqualTo("Grüße, Zoë");
    assertThat(mail.getContent()).isEqualTo("Hallo Zoë ☕");
    assertThat(personal(mail.getFrom())).containsExactly("Péter", "sales@example.com");
    assertThat(personal(mail.getAllRecipients())).containsExactly("Zoë O'Neill", "zoe@example.com");
    assertThat(mail.getReplyTo()).containsExactly(new InternetAddress("answers@example.com"));
    assertThat(mail.getSentDate().toInstant()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("X-Campaign")).containsExactly("=?UTF-8?Q?Fr=C3=BChling_7?=");
    assertThat(mail.getHeader("X-None")).isNull();
    assertThat(mail.getAllHeaders().asIterator())
        .toIterable()
        .allSatisfy(header -> assertThat(header.getValue()).isASCII());
  }

  @Test
  void html_is_the_preferred_of_two_alternatives() throws Exception {
    MAILING.sent(attempt(plain(), MAIL + ", html: '<p>Hi, {{ input }}</p>'", "Zoë"));
    MimeMultipart parts = (MimeMultipart) arrived(1).getFirst().getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain; charset=UTF-8");
    assertThat(parts.getBodyPart(0).getContent()).isEqualTo("Hi there");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html; charset=UTF-8");
    assertThat(parts.getBodyPart(1).getContent()).isEqualTo("<p>Hi, Zoë</p>");
  }

  @Test
  void values_in_html_are_text_whatever_they_look_like() throws Exception {
    String name = "<a href=\"//eve.example\">Win</a> & 'more'";
    MAILING.sent(
        attempt(plain(), "to: a@a.example, subject: a, text: b, html: '<b>{{ input }}</b>'", name));
    MimeMultipart parts = (MimeMultipart) arrived(1).getFirst().getContent();
    assertThat(parts.getBodyPart(1).getContent())
        .isEqualTo(
            "<b>&lt;a href=&quot;//eve.example&quot;&gt;Win&lt;/a&gt; &amp; &#39;more&#39;</b>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Doe, Jane (ACME) | Doe, Jane (ACME)",
        "\"Doe, \\\"J\\\" Jane\" | Doe, \"J\" Jane",
        "Jane: a; b.c. \\ | Jane: a; b.c. \\",
        "=?utf-8?Q?Zo=C3=AB?= | Zoë",
        "张伟 | 张伟",
      })
  void a_name_is_what_people_write(String written, String name) throws Exception {
    MAILING.sent(
        attempt(plain(), "to: '{{ input }} <jane@example.com>', subject: a, text: b", written));
    assertThat(personal(arrived(1).getFirst().getAllRecipients()))
        .containsExactly(name, "jane@example.com");
  }

  @Test
  void each_recipient_of_a_list_gets_it_once() throws Exception {
    MAILING.sent(
        attempt(
            plain(),
            "to: '{{ input }}', subject: a, text: b",
            List.of("a@example.com", "b@bücher.example", "A@example.com")));
    assertThat(arrived(2).getFirst().getAllRecipients())
        .containsExactly(
            new InternetAddress("a@example.com"), new InternetAddress("b@xn--bcher-kva.example"));
  }

  @Test
  void a_repetition_has_the_id_of_the_first() throws Exception {
    Attempt attempt = attempt(plain(), MAIL, "");
    assertThat(MAILING.sent(attempt)).isEqualTo(MAILING.sent(attempt));
    assertThat(arrived(2))
        .extracting(MimeMessage::getMessageID)
        .hasSize(2)
        .containsOnly("<" + attempt.id().idempotencyKey() + "@example.com>");
  }

  @Test
  void a_text_cannot_end_the_mail() throws Exception {
    String text = "one\n.\nMAIL FROM:<x@example.com>\r.\r\n..two\u0000\n.";
    MAILING.sent(attempt(plain(), "to: a@example.com, subject: a, text: '{{ input }}'", text));
    assertThat(arrived(1).getFirst().getContent())
        .isEqualTo("one\r\n.\r\nMAIL FROM:<x@example.com>\r\n.\r\n..two\u0000\r\n.");
  }

  @Test
  void lines_end_as_those_of_mails_do_in_every_encoding() throws Exception {
    for (String line : List.of("line", "Zeile ü", "张伟张伟")) {
      empty();
      MAILING.sent(
          attempt(
              plain(),
              "to: a@example.com, subject: a, text: '{{ input }}'",
              String.join("\n", line, line) + "\r" + line + "\r\n" + line));
      assertThat(arrived(1).getFirst().getContent())
          .isEqualTo(String.join("\r\n", line, line, line, line));
    }
  }

  @Test
  void a_long_line_and_a_long_subject_arrive_whole() throws Exception {
    String line = "word ".repeat(4000) + "x".repeat(4000);
    MAILING.sent(
        attempt(
            plain(),
            "to: a@example.com, subject: '{{ input }}', text: '{{ input + input }}'",
            "ü".repeat(900)));
    MAILING.sent(attempt(plain(), "to: a@example.com, subject: a, text: '{{ input }}'", line));
    List<MimeMessage> mails = arrived(2);
    assertThat(mails.get(0).getSubject()).isEqualTo("ü".repeat(900));
    assertThat(mails.get(1).getContent()).isEqualTo(line);
  }

  @Test
  void who_logs_in_may_send() throws Exception {
    MAILING.sent(attempt(plain() + login(), MAIL, ""));
    arrived(1);
  }

  @Test
  void a_wrong_login_is_final_and_keeps_its_password() {
    StepError error =
        MAILING.failed(attempt(plain() + login().replace("penstock", "nobody"), MAIL, ""));
    assertThat(error.type()).isEqualTo(ErrorType.AUTHENTICATION);
    assertThat(error.retriable()).isFalse();
    assertThat(error.message())
        .startsWith("Channel 'letters': the mail server refused the login (535")
        .doesNotContain(Mailing.PASSWORD);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_server_with_tls_from_the_start_is_trusted_by_its_certificate() throws Exception {
    String smtps = "security: tls, port: " + server.getSmtps().getPort() + login();
    new Mailing(certificate.context().getSocketFactory()).sent(attempt(smtps, MAIL, ""));
    arrived(1);
    assertThat(MAILING.failed(attempt(smtps, MAIL, "")).message())
        .isEqualTo("Channel 'letters': no answer (no secure connection)");
  }

  private static String plain() {
    return "security: none, port: " + server.getSmtp().getPort();
  }

  private static String login() {
    return ", auth: {user: penstock,password: 'secret://mail/password'}";
  }

  private static List<MimeMessage> arrived(int count) {
    assertThat(server.waitForIncomingEmail(10_000, count)).isTrue();
    MimeMessage[] messages = server.getReceivedMessages();
    assertThat(messages).hasSize(count);
    return List.of(messages);
  }

  private static List<String> personal(Address[] addresses) {
    InternetAddress only = (InternetAddress) addresses[0];
    return List.of(only.getPersonal(), only.getAddress());
  }
}
