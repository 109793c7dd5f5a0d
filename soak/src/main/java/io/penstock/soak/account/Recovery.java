package io.penstock.soak.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long it took after a fault.
 *
 * @param accepted until a webhook sent after it was accepted
 * @param ended until one accepted after it had gone its whole way
 * @param everywhere until that was so in every partition
 */
public record Recovery(Duration accepted, Duration ended, Duration everywhere) {
  /** An event that began after the fault, or did not end before it. */
  public record Passage(int partition, Instant sent, Instant accepted, Optional<Instant> ended) {}

  /** Empty while service is not back in all of the partitions. */
  public static Optional<Recovery> of(Instant at, Iterable<Passage> passages, int partitions) {
    Instant accepted = Instant.MAX;
    Instant[] ended = new Instant[partitions];
    for (Passage passage : passages) {
      if (!passage.sent().isBefore(at)) {
        accepted = earlier(accepted, passage.accepted());
        if (passage.ended().isPresent()) {
          Instant end = passage.ended().get();
          Instant known = ended[passage.partition()];
          ended[passage.partition()] = known == null ? end : earlier(known, end);
        }
      }
    }
    Instant first = Instant.MAX;
    Instant last = Instant.MIN;
    for (Instant end : ended) {
      if (end == null) {
        return Optional.empty();
      }
      first = earlier(first, end);
      last = end.isAfter(last) ? end : last;
    }
    return Optional.of(
        new Recovery(
            Duration.between(at, accepted),
            Duration.between(at, first),
            Duration.between(at, last)));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
