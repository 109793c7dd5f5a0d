package io.penstock.simulator.shell;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Decider;
import io.penstock.schema.message.ExecutionId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Inputs on which deciding throws, as a bug of ours would: the same ones in every process and each
 * time they are decided again.
 */
public final class BugsOfOurs {
  private final Set<Place> passed = new HashSet<>();
  private final Set<Place> met = new HashSet<>();
  private int toCome;

  private record Place(ExecutionId execution, Instant at, Class<?> input, String which) {}

  /** The next input that is decided anywhere is one. */
  public void comeNext() {
    toCome++;
  }

  /** Only those that were met are met again. */
  public void noMore() {
    toCome = 0;
  }

  /** Of how many inputs deciding has thrown. */
  public int met() {
    return met.size();
  }

  public Decider before(Decider real) {
    return (state, input, now) -> {
      if (!(input instanceof CoreInput.DecisionFailed)) {
        Place place = new Place(state.id(), now, input.getClass(), which(input));
        if (passed.add(place) && toCome > 0) { // once decided, it is decided alike
          toCome--;
          met.add(place);
        }
        if (met.contains(place)) {
          throw new IllegalStateException("simulated bug");
        }
      }
      return real.decide(state, input, now);
    };
  }

  private static String which(CoreInput input) {
    return switch (input) {
      case CoreInput.StartRequested start -> start.event().eventHash();
      case CoreInput.OutcomeReceived received -> received.outcome().command().toString();
      case CoreInput.TimerFired fired -> fired.timer().due().toString();
      case CoreInput.ControlReceived received -> received.control().id();
      case CoreInput.DecisionFailed failed -> failed.reason();
    };
  }
}
