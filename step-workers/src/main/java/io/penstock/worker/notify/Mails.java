package io.penstock.worker.notify;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.Callee;
import io.penstock.worker.call.LimitedCalls;
import io.penstock.worker.call.OutboundTcp;
import io.penstock.worker.call.SecretLookup;
import io.penstock.worker.call.TcpTarget;
import io.penstock.worker.runtime.Attempt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** One mail, handed to the server of a {@link Channel}: to all of its recipients or to none. */
@ApplicationScoped
public class Mails {
  private final OutboundTcp network;
  private final LimitedCalls calls;
  private final SecretLookup secrets;
  private final SSLSocketFactory tls;
  private final Clock clock;

  @Inject
  public Mails(OutboundTcp network, LimitedCalls calls, SecretLookup secrets) {
    this(
        network,
        calls,
        secrets,
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        Clock.systemUTC());
  }

  /**
   * @param tls vouches for the servers' certificates
   */
  Mails(
      OutboundTcp network,
      LimitedCalls calls,
      SecretLookup secrets,
      SSLSocketFactory tls,
      Clock clock) {
    this.network = network;
    this.calls = calls;
    this.secrets = secrets;
    this.tls = tls;
    this.clock = clock;
  }

  /**
   * @param who what sends, for messages
   * @return {@code {"messageId": …}}, the same for each attempt of a step
   */
  Json send(
      Attempt attempt,
      Action.NotifyChannel action,
      Channel channel,
      Channel.MailServer server,
      String who)
      throws ExpressionException, CallFailedException {
    if (action.mail().isEmpty()) {
      throw new CallFailedException(
          ErrorType.CONFIGURATION,
          who + ": it sends mails, and the step has no 'to' and 'subject'");
    }
    MailText mail = MailText.render(action.text(), action.mail().get(), attempt.variables(), who);
    InternetAddress from = MailAddress.configured(server.from(), "from", who);
    Optional<InternetAddress> replyTo =
        server.replyTo().isPresent()
            ? Optional.of(MailAddress.configured(server.replyTo().get(), "replyTo", who))
            : Optional.empty();
    String domain = MailAddress.domain(from);
    MimeMail message =
        new MimeMail(
            "<" + attempt.id().idempotencyKey() + "@" + domain + ">", from, replyTo, mail, who);
    message.dated(clock.instant());
    TcpTarget target =
        new TcpTarget(
            who,
            server.host(),
            server.port(),
            attempt.timeout().orElse(channel.timeout()),
            channel.allowPrivateAddresses());
    SmtpDelivery delivery =
        new SmtpDelivery(network, target, tls, server.security(), login(server, who), domain);
    return calls.make(
        Callee.of(channel),
        attempt.ticket(),
        () -> {
          delivery.deliver(message, mail.recipients());
          return Json.of(Map.of("messageId", message.id()));
        });
  }

  private Optional<SmtpDelivery.Login> login(Channel.MailServer server, String who)
      throws CallFailedException {
    if (server.login().isEmpty()) {
      return Optional.empty();
    }
    Channel.Login login = server.login().get();
    return Optional.of(
        new SmtpDelivery.Login(login.user(), secrets.require(login.password(), who)));
  }
}
