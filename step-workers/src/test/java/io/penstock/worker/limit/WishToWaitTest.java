package io.penstock.worker.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.CallLimits;
import io.penstock.worker.limit.GuardedCall.Ended;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which order the counts of a guard hear of what a call came to. */
class WishToWaitTest {
  private final List<String> heard = new ArrayList<>();

  private final Counts counts =
      new Counts() {
        @Override
        public Answer take(Optional<String> ticket) {
          heard.add("taken");
          return new Granted();
        }

        @Override
        public void giveBack() {
          heard.add("given back");
        }

        @Override
        public void ended(long nanos) {
          heard.add("ended");
        }

        @Override
        public void paused(long nanos) {
          heard.add("paused");
        }

        @Override
        public void change(CallLimits limits) {}
      };

  @Test
  void a_wish_to_wait_is_told_before_another_call_gets_the_place() throws Exception {
    Guard guard =
        new Guard(
            "api/crm",
            CallLimits.DEFAULT,
            new VirtualTime(),
            counts,
            Probes.ALONE,
            GuardObserver.BLIND);
    Verdict asks = new Verdict.Busy(Optional.of(Duration.ofSeconds(7)));

    assertThat(guard.call(Optional.empty(), () -> new Ended<>("called", asks)))
        .isInstanceOf(Guarded.Later.class);

    assertThat(heard).containsExactly("taken", "paused", "ended");
  }
}
