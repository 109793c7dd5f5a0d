package io.penstock.worker.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepOutcome;
import io.penstock.worker.call.Handing;
import io.penstock.worker.call.LimitedCalls;
import io.penstock.worker.call.SecretLookup;
import io.penstock.worker.call.WayOut;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.LocalGuards;
import io.penstock.worker.runtime.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends mails from a step, to a server on this machine whatever its name is.
 *
 * @param tls whom to trust
 */
record Mailing(SSLSocketFactory tls) {
  static final String PASSWORD = "p%41ss+/@:wörd";
  static final String MAIL = "to: jane@example.com, subject: Hello, text: Hi there";

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  Mailing() {
    this((SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * @param server fields of the Channel besides host, from and allowPrivateAddresses
   * @param mail fields of notify besides channel
   */
  static Attempt attempt(String server, String mail, Object input) {
    return attempt(server, mail, input, Optional.empty());
  }

  static Attempt attempt(String server, String mail, Object input, Optional<Duration> timeout) {
    return Handing.attempt(
        """
        kind: Channel
        name: letters
        type: smtp
        host: mail.example
        from: Péter <sales@example.com>
        allowPrivateAddresses: true
        circuitBreaker: off
        %s
        ---
        kind: Workflow
        name: leads
        version: 1.0.0
        steps:
          - id: tell
            notify: {channel: letters, %s}
        """
            .formatted(server.replace(", ", "\n"), mail),
        Json.of(Map.of("input", input)).toString(),
        timeout);
  }

  StepOutcome.Result send(Attempt attempt) {
    SecretLookup secrets = Handing.secrets(Map.of("PENSTOCK_SECRET_MAIL_PASSWORD", PASSWORD));
    // None of them goes to a webhook.
    return new ChannelPosts(
            null,
            new Mails(
                WayOut.tcp(),
                new LimitedCalls(new LocalGuards(GuardObserver.BLIND)),
                secrets,
                tls,
                Clock.fixed(NOW, ZoneOffset.UTC)),
            secrets)
        .post(attempt, (Action.NotifyChannel) attempt.action())
        .result();
  }

  /** The output's {@code messageId}. */
  String sent(Attempt attempt) {
    StepOutcome.Result result = send(attempt);
    assertThat(result).isInstanceOf(StepOutcome.Succeeded.class);
    return (String)
        ((Map<?, ?>) ((StepOutcome.Succeeded) result).output().value()).get("messageId");
  }

  StepError failed(Attempt attempt) {
    StepOutcome.Result result = send(attempt);
    assertThat(result).isInstanceOf(StepOutcome.Failed.class);
    return ((StepOutcome.Failed) result).error();
  }
}
