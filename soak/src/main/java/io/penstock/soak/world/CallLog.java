package io.penstock.soak.world;

import io.penstock.soak.account.Call;
import io.penstock.soak.account.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every call of the cycle at work, and those that still come for an earlier one. */
public final class CallLog {
  private final List<Open> calls = new ArrayList<>();
  private final Map<Place, Instant> answers = new HashMap<>();

  /** A call that is being answered. */
  public final class Open {
    private Call call;

    private Open(Call call) {
      this.call = call;
    }

    void answered(Instant at) {
      synchronized (CallLog.this) {
        call =
            new Call(
                call.place(), call.model(), call.key(), call.by(), call.began(), Optional.of(at));
        answers.putIfAbsent(call.place(), at);
      }
    }
  }

  synchronized Open began(Call call) {
    Open open = new Open(call);
    calls.add(open);
    return open;
  }

  /** When a call of this place was first answered in this cycle. */
  public synchronized Optional<Instant> firstAnswer(Place place) {
    return Optional.ofNullable(answers.get(place));
  }

  /** All so far, in the order in which they began. */
  public synchronized List<Call> calls() {
    return calls.stream().map(open -> open.call).toList();
  }

  /** Forgets everything: the executions of these calls have ended. */
  public synchronized void nextCycle() {
    calls.clear();
    answers.clear();
  }
}
