package io.penstock.worker.limit;

import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.GuardedCall.Ended;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Watches calls and says when the other side is sick: a SmallRye Fault Tolerance guard. It counts
 * and judges; for how long nobody calls, and who probes, is the {@link Gate}'s, since SmallRye can
 * only refuse a call and not say when to come back. Therefore its own delay is none: whoever the
 * gate lets through is the probe.
 */
final class Circuit {
  private final TypedGuard<Object> guard;

  /** Hears of what the circuit does. */
  interface Listener {
    void opened();

    void closed();
  }

  Circuit(CallLimits.CircuitBreaker settings, Listener listener) {
    this.guard =
        TypedGuard.create(Object.class)
            .withCircuitBreaker()
            .requestVolumeThreshold(settings.requestVolumeThreshold())
            .failureRatio(settings.failureRatio())
            .delay(0, ChronoUnit.MILLIS)
            .successThreshold(1)
            .failOn(SickException.class)
            .onStateChange(
                state -> {
                  switch (state) {
                    case OPEN -> listener.opened();
                    case CLOSED -> listener.closed();
                    case HALF_OPEN -> {}
                  }
                })
            .done()
            .build();
  }

  /**
   * @return empty if another probe is on its way: the call was not made
   */
  <T> Optional<Ended<T>> call(GuardedCall<T> call) {
    try {
      @SuppressWarnings("unchecked") // what the call itself returned
      Ended<T> ended = (Ended<T>) guard.call(() -> failingIfSick(call.make()));
      return Optional.of(ended);
    } catch (SickException e) {
      @SuppressWarnings("unchecked") // likewise
      Ended<T> ended = (Ended<T>) e.ended;
      return Optional.of(ended);
    } catch (CircuitBreakerOpenException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a guarded call throws nothing checked", e);
    }
  }

  private static Ended<?> failingIfSick(Ended<?> ended) throws SickException {
    if (ended.verdict() instanceof Verdict.Sick) {
      throw new SickException(ended);
    }
    return ended;
  }

  /** How SmallRye is told of a failure. */
  private static final class SickException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Ended<?> ended;

    SickException(Ended<?> ended) {
      super("sick", null, false, false);
      this.ended = ended;
    }
  }
}
