package io.penstock.worker.notify;

import static io.penstock.worker.notify.Mailing.MAIL;
import static io.penstock.worker.notify.Mailing.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.worker.call.Handing;
import io.penstock.worker.call.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets to see a mail and a password: only the server that the Channel names. */
class MailSecurityTest {
  private static final String LOGIN = ", auth: {user: u,password: 'secret://mail/password'}";

  @TempDir static Path folder;

  private static SSLContext right;
  private static SSLContext wrong;

  @BeforeAll
  static void certify() throws Exception {
    right =
        TestCertificate.of("mail.example", Files.createDirectory(folder.resolve("right")))
            .context();
    wrong =
        TestCertificate.of("other.example", Files.createDirectory(folder.resolve("wrong")))
            .context();
  }

  @Test
  void login_and_mail_are_said_behind_starttls() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer(Map.of(), right)) {
      new Mailing(right.getSocketFactory())
          .sent(attempt("port: " + server.port() + LOGIN, MAIL, ""));
      assertThat(server.said().subList(0, 3))
          .containsExactly("EHLO example.com", "STARTTLS", "EHLO example.com");
      assertThat(server.said())
          .anyMatch(line -> line.startsWith("AUTH PLAIN "))
          .contains("Hi there");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void a_certificate_that_nobody_vouches_for_is_refused(String security) throws Exception {
    assertNothingSaid(security, right, new Mailing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"starttls", "tls"})
  void a_certificate_of_another_name_is_refused(String security) throws Exception {
    assertNothingSaid(security, wrong, new Mailing(wrong.getSocketFactory()));
  }

  private static void assertNothingSaid(String security, SSLContext shown, Mailing mailing)
      throws Exception {
    Map<String, String> script = security.equals("tls") ? Map.of("tls", "") : Map.of();
    try (ScriptedMailServer server = new ScriptedMailServer(script, shown)) {
      StepError error =
          mailing.failed(
              attempt(
                  "security: %s, port: %d".formatted(security, server.port()) + LOGIN, MAIL, ""));
      assertThat(error.type()).isEqualTo(ErrorType.COMMUNICATION);
      assertThat(error.message()).isEqualTo("Channel 'letters': no answer (no secure connection)");
      assertThat(server.said()).isSubsetOf("EHLO example.com", "STARTTLS");
    }
  }

  @Test
  void without_starttls_nothing_is_said_in_the_clear() throws Exception {
    try (ScriptedMailServer server =
        new ScriptedMailServer(Map.of("EHLO", "250-mail.example\r\n250 AUTH PLAIN"))) {
      StepError error = new Mailing().failed(attempt("port: " + server.port() + LOGIN, MAIL, ""));
      assertThat(error.type()).isEqualTo(ErrorType.CONFIGURATION);
      assertThat(error.message()).contains("offers no STARTTLS");
      assertThat(server.said()).containsExactly("EHLO example.com");
    }
  }

  @Test
  void a_starttls_that_is_refused_ends_it() throws Exception {
    try (ScriptedMailServer server =
        new ScriptedMailServer(Map.of("STARTTLS", "454 4.7.0 not now"))) {
      StepError error = new Mailing().failed(attempt("port: " + server.port() + LOGIN, MAIL, ""));
      assertThat(error.type()).isEqualTo(ErrorType.COMMUNICATION);
      assertThat(server.said()).containsExactly("EHLO example.com", "STARTTLS");
    }
  }

  @Test
  void an_inside_address_is_blocked_unless_allowed() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer(Map.of())) {
      StepError error =
          new Mailing()
              .failed(
                  Handing.attempt(
                      """
                      {kind: Channel, name: letters, type: smtp, host: mail.example, port: %d, from: a@a.example}
                      ---
                      {kind: Workflow, name: a, version: 1.0.0, steps: [{id: b, notify: {channel: letters, %s}}]}
                      """
                          .formatted(server.port(), MAIL),
                      "{}"));
      assertThat(error.type()).isEqualTo(ErrorType.BLOCKED);
      assertThat(server.said()).isEmpty();
    }
  }
}
