package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.worker.limit.CallGuards;
import io.penstock.worker.limit.Guarded;
import io.penstock.worker.limit.GuardedCall;
import io.penstock.worker.limit.Verdict;
import io.penstock.worker.runtime.AttemptResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/** HTTP requests to somebody whose limits, circuit and wishes to wait are kept. */
@ApplicationScoped
public class LimitedHttp {
  private final OutboundHttp http;
  private final CallGuards guards;
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
    this.guards = guards;
    this.clock = clock;
  }

  /** What came of a call: an answer or a failure. */
  private record End(Optional<HttpAnswer> answer, Optional<CallFailedException> failure) {}

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
    End end = guarded(callee, ticket, call, saysNothingOfHealth);
    if (end.failure().isPresent()) {
      throw end.failure().get();
    }
    return end.answer().orElseThrow();
  }

  private End guarded(
      Callee callee,
      Optional<String> ticket,
      HttpCall call,
      Predicate<HttpAnswer> saysNothingOfHealth)
      throws CallFailedException {
    try {
      return switch (guards
          .guard(callee.guard(), callee.limits())
          .call(ticket, () -> ended(call, saysNothingOfHealth))) {
        case Guarded.Made<End> made -> made.value();
        case Guarded.Later<End> later ->
            throw new CallFailedException(
                AttemptResult.deferred(
                    later.delay(), callee + ": " + later.reason().text(), later.ticket()));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailedException(
          ErrorType.COMMUNICATION, call.who() + ": the worker was stopped before the call");
    }
  }

  private GuardedCall.Ended<End> ended(HttpCall call, Predicate<HttpAnswer> saysNothingOfHealth) {
    try {
      HttpAnswer answer = http.send(call);
      Verdict verdict =
          saysNothingOfHealth.test(answer)
              ? new Verdict.Well()
              : Health.of(answer, clock.instant());
      return new GuardedCall.Ended<>(new End(Optional.of(answer), Optional.empty()), verdict);
    } catch (CallFailedException e) {
      return new GuardedCall.Ended<>(
          new End(Optional.empty(), Optional.of(e)), Health.of(e.error().type()));
    }
  }
}
