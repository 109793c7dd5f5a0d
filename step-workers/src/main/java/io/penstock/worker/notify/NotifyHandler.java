package io.penstock.worker.notify;

import io.penstock.schema.definition.Action;
import io.penstock.schema.message.StepKind;
import io.penstock.worker.call.ApiCalls;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import io.penstock.worker.runtime.StepHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells an API, or people through a channel, that something is so. */
@ApplicationScoped
public class NotifyHandler implements StepHandler {
  private final ApiCalls apis;
  private final ChannelPosts channels;

  public NotifyHandler(ApiCalls apis, ChannelPosts channels) {
    this.apis = apis;
    this.channels = channels;
  }

  @Override
  public StepKind kind() {
    return StepKind.NOTIFY;
  }

  @Override
  public AttemptResult attempt(Attempt attempt) {
    return switch (attempt.action()) {
      case Action.NotifyApi api -> apis.call(attempt, api.api(), api.request());
      case Action.NotifyChannel channel -> channels.post(attempt, channel);
      case Action.Enrich other -> throw notOurs(other);
      case Action.Llm other -> throw notOurs(other);
      case Action.Route other -> throw notOurs(other);
    };
  }

  private static IllegalStateException notOurs(Action.Work action) {
    return new IllegalStateException("a " + action.kind().id() + " step came to notify");
  }
}
