package io.penstock.worker.call;

import io.penstock.schema.message.ErrorType;
import io.penstock.worker.limit.CallGuards;
import io.penstock.worker.limit.Guarded;
import io.penstock.worker.limit.GuardedCall;
import io.penstock.worker.limit.Verdict;
import io.penstock.worker.runtime.AttemptResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Calls to somebody whose limits, circuit and wishes to wait are kept. */
@ApplicationScoped
public class LimitedCalls {
  private final CallGuards guards;

  public LimitedCalls(CallGuards guards) {
    this.guards = guards;
  }

  /** What came of a call: a result or a failure. */
  record End<T>(Optional<T> result, Optional<CallFailedException> failure) {
    static <T> GuardedCall.Ended<End<T>> well(T result, Verdict verdict) {
      return new GuardedCall.Ended<>(new End<>(Optional.of(result), Optional.empty()), verdict);
    }

    static <T> GuardedCall.Ended<End<T>> failed(CallFailedException failure) {
      return new GuardedCall.Ended<>(
          new End<>(Optional.empty(), Optional.of(failure)), Health.of(failure.error().type()));
    }
  }

  /** A call whose failure alone says something of the other side. */
  @FunctionalInterface
  public interface Call<T> {
    T make() throws CallFailedException;
  }

  /**
   * Makes the call, unless it may not be made now.
   *
   * @param ticket of an earlier deferral of this attempt
   * @throws CallFailedException if it failed, or if the attempt is to come back later
   */
  public <T> T make(Callee callee, Optional<String> ticket, Call<T> call)
      throws CallFailedException {
    return ended(
        callee,
        ticket,
        () -> {
          try {
            return End.well(call.make(), new Verdict.Well());
          } catch (CallFailedException e) {
            return End.failed(e);
          }
        });
  }

  <T> T ended(Callee callee, Optional<String> ticket, GuardedCall<End<T>> call)
      throws CallFailedException {
    End<T> end = guarded(callee, ticket, call);
    if (end.failure().isPresent()) {
      throw end.failure().get();
    }
    return end.result().orElseThrow();
  }

  private <T> End<T> guarded(Callee callee, Optional<String> ticket, GuardedCall<End<T>> call)
      throws CallFailedException {
    try {
      return switch (guards.guard(callee.guard(), callee.limits()).call(ticket, call)) {
        case Guarded.Made<End<T>> made -> made.value();
        case Guarded.Later<End<T>> later ->
            throw new CallFailedException(
                AttemptResult.deferred(
                    later.delay(), callee + ": " + later.reason().text(), later.ticket()));
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallFailedException(
          ErrorType.COMMUNICATION, callee + ": the worker was stopped before the call");
    }
  }
}
