package io.penstock.worker.call;

import io.penstock.worker.limit.CallGuards;
import io.penstock.worker.limit.GuardedCall;
import io.penstock.worker.limit.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/** HTTP requests to somebody whose limits, circuit and wishes to wait are kept. */
@ApplicationScoped
public class LimitedHttp {
  private final OutboundHttp http;
  private final LimitedCalls calls;
  private final Clock clock;

  @Inject
  public LimitedHttp(OutboundHttp http, CallGuards guards) {
    this(http, guards, Clock.systemUTC());
  }

  /**
   * @param clock to which a date in {@code Retry-After} is compared
   */
  public LimitedHttp(OutboundHttp http, CallGuards guards, Clock clock) {
    this.http = http;
    this.calls = new LimitedCalls(guards);
    this.clock = clock;
  }

  /**
   * One request, unless it may not be made now.
   *
   * @param ticket of an earlier deferral of this attempt
   * @param saysNothingOfHealth whether an answer is this request's alone, whatever its status
   * @return any answer that counts, a refusal too
   * @throws CallFailedException if there is none, or if the attempt is to come back later
   */
  public HttpAnswer send(
      Callee callee,
      Optional<String> ticket,
      HttpCall call,
      Predicate<HttpAnswer> saysNothingOfHealth)
      throws CallFailedException {
    return calls.ended(callee, ticket, () -> ended(call, saysNothingOfHealth));
  }

  private GuardedCall.Ended<LimitedCalls.End<HttpAnswer>> ended(
      HttpCall call, Predicate<HttpAnswer> saysNothingOfHealth) {
    try {
      HttpAnswer answer = http.send(call);
      Verdict verdict =
          saysNothingOfHealth.test(answer)
              ? new Verdict.Well()
              : Health.of(answer, clock.instant());
      return LimitedCalls.End.well(answer, verdict);
    } catch (CallFailedException e) {
      return LimitedCalls.End.failed(e);
    }
  }
}
