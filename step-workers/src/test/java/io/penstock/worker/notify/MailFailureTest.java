package io.penstock.worker.notify;

import static io.penstock.worker.notify.Mailing.MAIL;
import static io.penstock.worker.notify.Mailing.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepError;
import io.penstock.worker.call.Handing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a step when the mail server does not take its mail. */
class MailFailureTest {
  private static final Mailing MAILING = new Mailing();
  private static final String LOGIN = ", auth: {user: u,password: 'secret://mail/password'}";

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "greeting | 421 busy             | COMMUNICATION  | true  | does not take us now (421)",
        "greeting | 554 5.7.1 go away    | RUNTIME        | false | refused us (554 5.7.1)",
        "MAIL     | 451 4.7.1 grey       | COMMUNICATION  | true  | does not take the sender now (451 4.7.1)",
        "MAIL     | 530 5.7.0 log in     | AUTHENTICATION | false | refused the sender (530 5.7.0)",
        "MAIL     | 550 jane@example.com | RUNTIME        | false | refused the sender (550)",
        "MAIL     | 552 too big          | TOO_LARGE      | false | refused the sender (552)",
        "RCPT     | 450 later            | COMMUNICATION  | true  | does not take 1 of 1 recipients now (450)",
        "RCPT     | 452 4.5.3 too many   | COMMUNICATION  | true  | does not take 1 of 1 recipients now (452 4.5.3)",
        "RCPT     | 550 5.1.1 <jane@example.com> unknown | RUNTIME | false | refused 1 of 1 recipients (550 5.1.1)",
        "RCPT     | 552 5.2.2 full       | RUNTIME        | false | refused 1 of 1 recipients (552 5.2.2)",
        "RCPT     | 421 shutting down    | COMMUNICATION  | true  | does not take 1 of 1 recipients now (421)",
        "DATA     | 554 no               | RUNTIME        | false | refused the mail (554)",
        "mail     | 451 disk             | COMMUNICATION  | true  | does not take the mail now (451)",
        "mail     | 552 5.3.4 too big    | TOO_LARGE      | false | refused the mail (552 5.3.4)",
        "mail     | 554 spam             | RUNTIME        | false | refused the mail (554)",
        "greeting | HTTP/1.1 200 OK      | RUNTIME        | false | does not speak SMTP",
        "greeting | 99                   | RUNTIME        | false | does not speak SMTP",
        "RCPT     | 999 what             | RUNTIME        | false | does not speak SMTP",
        "mail     | okay                 | RUNTIME        | false | does not speak SMTP",
        "greeting | drops                | COMMUNICATION  | true  | no answer (the connection was closed)",
        "MAIL     | drops                | COMMUNICATION  | true  | no answer (the connection was closed)",
        "RCPT     | drops                | COMMUNICATION  | true  | no answer (the connection was closed)",
        "DATA     | drops                | COMMUNICATION  | true  | no answer (the connection was closed)",
        "mail     | drops                | COMMUNICATION  | true  | no answer (the connection was closed)",
        "greeting | never stops          | TOO_LARGE      | false | more than 262144 bytes",
        "mail     | never stops          | TOO_LARGE      | false | more than 262144 bytes",
      })
  void an_answer_has_a_meaning_and_is_not_quoted(
      String when, String answer, ErrorType type, boolean retriable, String message)
      throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer(Map.of(when, answer))) {
      StepError error = MAILING.failed(attempt(at(server), MAIL, ""));
      assertThat(error.message()).startsWith("Channel 'letters': ").contains(message);
      assertThat(error.message()).doesNotContain("jane", "example");
      assertThat(error.type()).isEqualTo(type);
      assertThat(error.retriable()).isEqualTo(retriable);
    }
  }

  @ParameterizedTest
  @CsvSource({"greeting", "EHLO", "RCPT", "DATA", "mail"})
  void a_server_that_stalls_is_given_up_in_time(String when) throws Exception {
    try (ScriptedMailServer server =
        new ScriptedMailServer(Map.of(when, ScriptedMailServer.STALLS))) {
      StepError error =
          MAILING.failed(attempt(at(server), MAIL, "", Optional.of(Duration.ofMillis(300))));
      assertThat(error.type()).isEqualTo(ErrorType.TIMEOUT);
      assertThat(error.retriable()).isTrue();
      assertThat(error.message()).isEqualTo("Channel 'letters': no complete answer within 300 ms");
    }
  }

  @Test
  void a_server_that_has_taken_the_mail_need_not_say_goodbye() throws Exception {
    for (String end : List.of(ScriptedMailServer.STALLS, ScriptedMailServer.DROPS, "500 what")) {
      try (ScriptedMailServer server = new ScriptedMailServer(Map.of("QUIT", end))) {
        MAILING.sent(attempt(at(server), MAIL, ""));
      }
    }
  }

  @Test
  void one_recipient_that_is_refused_keeps_the_mail_from_all() throws Exception {
    try (ScriptedMailServer server =
        new ScriptedMailServer(
            Map.of(
                "RCPT TO:<b@example.com>", "450 later",
                "RCPT TO:<c@example.com>", "550 5.1.1 unknown"))) {
      StepError error =
          MAILING.failed(
              attempt(
                  at(server),
                  "to: [a@example.com, b@example.com, c@example.com], subject: a, text: b",
                  ""));
      assertThat(error.type()).isEqualTo(ErrorType.RUNTIME);
      assertThat(error.message())
          .isEqualTo(
              "Channel 'letters': the mail server refused 2 of 3 recipients (550 5.1.1); nothing was"
                  + " sent");
      assertThat(server.said()).contains("RCPT TO:<a@example.com>").doesNotContain("DATA");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH | 535 5.7.8 no      | AUTHENTICATION | refused the login (535 5.7.8)",
        "AUTH | 454 4.7.0 later   | COMMUNICATION  | does not take us now (454 4.7.0)",
        "AUTH | drops             | COMMUNICATION  | the connection was closed",
        "EHLO | 250 mail.example  | AUTHENTICATION | offers no login that we know",
        "EHLO | 250 AUTH GSSAPI   | AUTHENTICATION | offers no login that we know",
      })
  void a_login_that_fails_sends_nothing(String when, String answer, ErrorType type, String message)
      throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer(Map.of(when, answer))) {
      StepError error = MAILING.failed(attempt(at(server) + LOGIN, MAIL, ""));
      assertThat(error.message()).contains(message);
      assertThat(error.type()).isEqualTo(type);
      assertThat(server.said()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void nobody_listens() throws IOException {
    int port;
    try (ScriptedMailServer gone = new ScriptedMailServer(Map.of())) {
      port = gone.port();
    }
    StepError error = MAILING.failed(attempt("security: none, port: " + port, MAIL, ""));
    assertThat(error.type()).isEqualTo(ErrorType.COMMUNICATION);
    assertThat(error.message()).isEqualTo("Channel 'letters': no answer (no connection)");
  }

  @Test
  void a_channel_that_changed_its_type_is_a_failure_of_configuration() {
    assertThat(
            MAILING
                .failed(
                    Handing.attempt(
                        """
                        {kind: Channel, name: letters, type: http, url: 'http://127.0.0.1:9/'}
                        ---
                        {kind: Workflow, name: a, version: 1.0.0, steps: [{id: b, notify: {channel: letters, %s}}]}
                        """
                            .formatted(MAIL),
                        "{}"))
                .type())
        .isEqualTo(ErrorType.CONFIGURATION);
    assertThat(MAILING.failed(attempt("security: none", "text: a", "")).type())
        .isEqualTo(ErrorType.CONFIGURATION);
  }

  private static String at(ScriptedMailServer server) {
    return "security: none, port: " + server.port();
  }
}
