package io.penstock.worker.call;

import io.penstock.schema.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Posts JSON to an address that is no {@link io.penstock.schema.definition.Api}. */
@ApplicationScoped
public class Posts {
  private final OutboundHttp http;
  private final Clock clock;

  @Inject
  public Posts(OutboundHttp http) {
    this(http, Clock.systemUTC());
  }

  Posts(OutboundHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /**
   * @param who what is posted to, for messages
   * @return the answer as a step's output
   * @throws CallFailedException if there is none, or one that is no success
   */
  public Json post(
      String who,
      URI address,
      Map<String, String> headers,
      Json body,
      Duration timeout,
      boolean allowPrivateAddresses)
      throws CallFailedException {
    RequestHeaders all =
        new RequestHeaders(who)
            .put("Accept", "application/json, */*;q=0.5")
            .put("Content-Type", "application/json");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      all.put(header.getKey(), header.getValue());
    }
    HttpAnswer answer =
        http.send(
            new HttpCall(
                who,
                "POST",
                address,
                all.asMap(),
                Optional.of(body.utf8()),
                timeout,
                allowPrivateAddresses));
    ApiCalls.requireSuccess(answer, who, clock);
    return AnswerBody.output(answer, who);
  }
}
