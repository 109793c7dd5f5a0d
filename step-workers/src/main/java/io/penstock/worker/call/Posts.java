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
  private final LimitedHttp http;
  private final Clock clock;

  @Inject
  public Posts(LimitedHttp http) {
    this(http, Clock.systemUTC());
  }

  Posts(LimitedHttp http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /**
   * @param callee what is posted to
   * @param ticket of an earlier deferral of this attempt
   * @return the answer as a step's output
   * @throws CallFailedException if there is none, one that is no success, or if it is put off
   */
  public Json post(
      Callee callee,
      Optional<String> ticket,
      URI address,
      Map<String, String> headers,
      Json body,
      Duration timeout,
      boolean allowPrivateAddresses)
      throws CallFailedException {
    String who = callee.toString();
    RequestHeaders all =
        new RequestHeaders(who)
            .put("Accept", "application/json, */*;q=0.5")
            .put("Content-Type", "application/json");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      all.put(header.getKey(), header.getValue());
    }
    HttpAnswer answer =
        http.send(
            callee,
            ticket,
            new HttpCall(
                who,
                "POST",
                address,
                all.asMap(),
                Optional.of(body.utf8()),
                timeout,
                allowPrivateAddresses),
            any -> false);
    ApiCalls.requireSuccess(answer, who, clock);
    return AnswerBody.output(answer, who);
  }
}
