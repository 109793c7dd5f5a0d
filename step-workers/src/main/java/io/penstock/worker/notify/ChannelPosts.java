package io.penstock.worker.notify;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Channel;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.call.CallFailedException;
import io.penstock.worker.call.Callee;
import io.penstock.worker.call.Posts;
import io.penstock.worker.call.SecretLookup;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One message to a {@link Channel} as a step's attempt. */
@ApplicationScoped
public class ChannelPosts {
  private static final String SECRET_SCHEME = "secret://";

  private final Posts posts;
  private final Mails mails;
  private final SecretLookup secrets;
  private final Clock clock;

  @Inject
  public ChannelPosts(Posts posts, Mails mails, SecretLookup secrets) {
    this(posts, mails, secrets, Clock.systemUTC());
  }

  ChannelPosts(Posts posts, Mails mails, SecretLookup secrets, Clock clock) {
    this.posts = posts;
    this.mails = mails;
    this.secrets = secrets;
    this.clock = clock;
  }

  AttemptResult post(Attempt attempt, Action.NotifyChannel action) {
    String who = "Channel '" + action.channel() + "'";
    Optional<Channel> channel = attempt.definitions().find(Channel.class, action.channel());
    if (channel.isEmpty()) {
      return AttemptResult.failed(
          ErrorType.CONFIGURATION, "there is no Channel '" + action.channel() + "'");
    }
    try {
      return AttemptResult.succeeded(
          switch (channel.get().destination()) {
            case Channel.Webhook webhook -> post(attempt, action, channel.get(), webhook, who);
            case Channel.MailServer server ->
                mails.send(attempt, action, channel.get(), server, who);
          });
    } catch (ExpressionException e) {
      return AttemptResult.failed(ErrorType.EXPRESSION, who + ": " + e.getMessage());
    } catch (CallFailedException e) {
      return e.result();
    }
  }

  private Json post(
      Attempt attempt,
      Action.NotifyChannel action,
      Channel channel,
      Channel.Webhook webhook,
      String who)
      throws ExpressionException, CallFailedException {
    if (action.mail().isPresent()) {
      throw new CallFailedException(
          ErrorType.CONFIGURATION,
          who + ": it sends no mails, and the step has 'to' and 'subject'");
    }
    Json message = message(webhook, attempt.id(), text(action, attempt));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Idempotency-Key", attempt.id().idempotencyKey());
    if (webhook.type() == Channel.Type.HTTP && webhook.secret().isPresent()) {
      headers.putAll(
          WebhookSignature.headers(
              secrets.require(webhook.secret().get(), who),
              attempt.id().idempotencyKey(),
              clock.instant(),
              message.utf8()));
    }
    return posts.post(
        Callee.of(channel),
        attempt.ticket(),
        address(webhook, who),
        headers,
        message,
        attempt.timeout().orElse(channel.timeout()),
        channel.allowPrivateAddresses());
  }

  private static String text(Action.NotifyChannel action, Attempt attempt)
      throws ExpressionException {
    return RenderedText.of(action.text(), attempt.variables());
  }

  private static Json message(Channel.Webhook webhook, CommandId id, String text) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", text);
    switch (webhook.type()) {
      case HTTP -> {
        message.put("execution", id.execution().value());
        message.put("step", id.path().value());
      }
      case SLACK -> {
        // Slack refuses members that it does not know.
      }
    }
    return Json.of(message);
  }

  private URI address(Channel.Webhook webhook, String who) throws CallFailedException {
    String address =
        webhook.url().startsWith(SECRET_SCHEME)
            ? secrets.require(webhook.url(), who)
            : webhook.url();
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, without the address: it may be a secret.
    }
    throw new CallFailedException(
        ErrorType.CONFIGURATION, who + ": its url is no absolute http or https address");
  }
}
