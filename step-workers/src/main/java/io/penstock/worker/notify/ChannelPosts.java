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
  private final SecretLookup secrets;
  private final Clock clock;

  @Inject
  public ChannelPosts(Posts posts, SecretLookup secrets) {
    this(posts, secrets, Clock.systemUTC());
  }

  ChannelPosts(Posts posts, SecretLookup secrets, Clock clock) {
    this.posts = posts;
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
      return post(attempt, channel.get(), text(action, attempt), who);
    } catch (ExpressionException e) {
      return AttemptResult.failed(ErrorType.EXPRESSION, who + ": " + e.getMessage());
    } catch (CallFailedException e) {
      return e.result();
    }
  }

  private AttemptResult post(Attempt attempt, Channel channel, String text, String who)
      throws CallFailedException {
    Json message = message(channel, attempt.id(), text);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Idempotency-Key", attempt.id().idempotencyKey());
    if (channel.type() == Channel.Type.HTTP && channel.secret().isPresent()) {
      headers.putAll(
          WebhookSignature.headers(
              secrets.require(channel.secret().get(), who),
              attempt.id().idempotencyKey(),
              clock.instant(),
              message.utf8()));
    }
    return AttemptResult.succeeded(
        posts.post(
            Callee.of(channel),
            attempt.ticket(),
            address(channel, who),
            headers,
            message,
            attempt.timeout().orElse(channel.timeout()),
            channel.allowPrivateAddresses()));
  }

  private static String text(Action.NotifyChannel action, Attempt attempt)
      throws ExpressionException {
    Object rendered = action.text().render(attempt.variables());
    return rendered instanceof String text ? text : Json.of(rendered).toString();
  }

  private static Json message(Channel channel, CommandId id, String text) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", text);
    switch (channel.type()) {
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

  private URI address(Channel channel, String who) throws CallFailedException {
    String address =
        channel.url().startsWith(SECRET_SCHEME)
            ? secrets.require(channel.url(), who)
            : channel.url();
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
