package io.penstock.worker.call;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Api;
import io.penstock.schema.expression.ExpressionException;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.worker.limit.CallGuards;
import io.penstock.worker.runtime.Attempt;
import io.penstock.worker.runtime.AttemptResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** One request to an {@link Api} as a step's attempt. */
@ApplicationScoped
public class ApiCalls {
  private final LimitedHttp http;
  private final AuthHeader auth;
  private final Clock clock;

  @Inject
  public ApiCalls(OutboundHttp http, SecretLookup secrets, CallGuards guards) {
    this(http, secrets, guards, Clock.systemUTC());
  }

  ApiCalls(OutboundHttp http, SecretLookup secrets, CallGuards guards, Clock clock) {
    this.http = new LimitedHttp(http, guards, clock);
    this.auth = new AuthHeader(secrets);
    this.clock = clock;
  }

  /**
   * @param apiName of an {@link Api} among the attempt's definitions
   */
  public AttemptResult call(Attempt attempt, String apiName, Action.HttpRequest request) {
    String who =
        "Api '%s': %s %s".formatted(apiName, request.method(), request.path().source().value());
    Optional<Api> api = attempt.definitions().find(Api.class, apiName);
    if (api.isEmpty()) {
      return AttemptResult.failed(ErrorType.CONFIGURATION, "there is no Api '" + apiName + "'");
    }
    try {
      HttpCall call = request(attempt, api.get(), request, who);
      HttpAnswer answer = http.send(Callee.of(api.get()), attempt.ticket(), call, any -> false);
      return AttemptResult.succeeded(output(answer, who));
    } catch (ExpressionException e) {
      return AttemptResult.failed(ErrorType.EXPRESSION, who + ": " + e.getMessage());
    } catch (CallFailedException e) {
      return e.result();
    }
  }

  private HttpCall request(Attempt attempt, Api api, Action.HttpRequest request, String who)
      throws ExpressionException, CallFailedException {
    Map<String, Object> variables = attempt.variables();
    Optional<byte[]> body =
        request.body().isPresent()
            ? Optional.of(Json.of(request.body().get().render(variables)).utf8())
            : Optional.empty();
    RequestHeaders headers = new RequestHeaders(who).put("Accept", "application/json, */*;q=0.5");
    if (body.isPresent()) {
      headers.put("Content-Type", "application/json");
    }
    for (Map.Entry<String, String> header : api.headers().entrySet()) {
      headers.put(header.getKey(), header.getValue());
    }
    if (request.headers().isPresent()
        && request.headers().get().render(variables) instanceof Map<?, ?> own) {
      for (Map.Entry<?, ?> header : own.entrySet()) {
        if (header.getValue() != null) {
          headers.put((String) header.getKey(), RequestAddress.text(header.getValue()));
        }
      }
    }
    auth.addTo(headers, api.auth(), who);
    headers.put("Idempotency-Key", attempt.id().idempotencyKey());
    return new HttpCall(
        who,
        request.method(),
        RequestAddress.of(api.baseUrl(), request, variables, who),
        headers.asMap(),
        body,
        attempt.timeout().orElse(api.timeout()),
        api.allowPrivateAddresses());
  }

  private Json output(HttpAnswer answer, String who) throws CallFailedException {
    requireSuccess(answer, who, clock);
    return AnswerBody.output(answer, who);
  }

  /** Turns an answer that is no success into the failure that it means. */
  static void requireSuccess(HttpAnswer answer, String who, Clock clock)
      throws CallFailedException {
    if (!answer.isSuccess()) {
      throw new CallFailedException(
          StatusMapping.error(answer.status(), who), answer.retryAfter(clock.instant()));
    }
  }
}
