package io.penstock.worker.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.penstock.schema.definition.CallLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rate limit of one other side. Two buckets of the same measure: {@code slots} is the plan, it
 * goes into debt and so gives each waiter a time of its own; {@code calls} is the law, it is asked
 * when a call is about to be made. Without the second, everybody who comes back late (after the
 * orchestrator was away, say) would call at once.
 *
 * <p>A ticket is the slot's time and who gave it out; nothing is remembered for it, so any number
 * may wait.
 */
final class RateSlots {
  /** Shorter waits are not worth a deferral. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  /**
   * Who kept its slot waits a little longer here than for a slot: timers and deliveries are late by
   * less than that, each by another time. No more wait at once than the limit lets through
   * meanwhile.
   */
  private static final Duration PATIENCE_WITH_SLOT = Duration.ofSeconds(1);

  /** This part of a limit may go at once when nothing went for a while. */
  private static final int BURST_PART = 10;

  private static final String TICKET = "slot/";

  private final Bucket slots;
  private final Bucket calls;
  private final TimeMeter time;
  private final BlockingStrategy parking;
  private final String issuer;

  /**
   * @param issuer nobody else's: a ticket of another process means another clock
   */
  RateSlots(List<CallLimits.Rate> rates, TimeMeter time, BlockingStrategy parking, String issuer) {
    this.slots = bucket(rates, time);
    this.calls = bucket(rates, time);
    this.time = time;
    this.parking = parking;
    this.issuer = issuer;
  }

  private static Bucket bucket(List<CallLimits.Rate> rates, TimeMeter time) {
    var bucket = Bucket.builder().withCustomTimePrecision(time);
    configuration(rates).bandwidths().forEach(bucket::addLimit);
    return bucket.build();
  }

  private static Configuration configuration(List<CallLimits.Rate> rates) {
    return new Configuration(rates.stream().map(RateSlots::bandwidth).toList());
  }

  private record Configuration(List<Bandwidth> bandwidths) {}

  /**
   * A bucket of capacity b that is filled with r tokens per period lets b + r - 1 through in a
   * period. So r is as much below the limit as b is above one.
   */
  private static Bandwidth bandwidth(CallLimits.Rate rate) {
    int burst = Math.max(1, rate.calls() / BURST_PART);
    return Bandwidth.builder()
        .capacity(burst)
        .refillGreedy(rate.calls() - burst + 1, rate.period())
        .id(rate.calls() + "/" + rate.period())
        .build();
  }

  /** What was promised is kept, as far as the new limits let it. */
  void change(List<CallLimits.Rate> rates) {
    BucketConfiguration changed = new BucketConfiguration(configuration(rates).bandwidths());
    slots.replaceConfiguration(changed, TokensInheritanceStrategy.AS_IS);
    calls.replaceConfiguration(changed, TokensInheritanceStrategy.AS_IS);
  }

  /**
   * Takes a call from the limit.
   *
   * @return empty: it may be made now
   */
  Optional<Guarded.Later<Void>> take(Optional<String> ticket) throws InterruptedException {
    Optional<Long> slot = ticket.flatMap(this::slot);
    if (slot.isPresent()) {
      long early = slot.get() - time.currentTimeNanos();
      if (early > PATIENCE.toNanos()) {
        return Optional.of(later(early, slot.get()));
      }
    } else {
      long wait = slots.consumeIgnoringRateLimits(1);
      if (wait > PATIENCE.toNanos()) {
        return Optional.of(later(wait, time.currentTimeNanos() + wait));
      }
    }
    if (calls.asBlocking().tryConsume(1, PATIENCE_WITH_SLOT, parking)) {
      return Optional.empty();
    }
    // Others came late and took the tokens of now: to the end of the queue, where there is room.
    long wait =
        Math.max(
            slots.consumeIgnoringRateLimits(1),
            calls.estimateAbilityToConsume(1).getNanosToWaitForRefill());
    return Optional.of(later(wait, time.currentTimeNanos() + wait));
  }

  /** The call was not made after all. */
  void giveBack() {
    slots.addTokens(1);
    calls.addTokens(1);
  }

  private Guarded.Later<Void> later(long wait, long slot) {
    return new Guarded.Later<>(
        Duration.ofNanos(wait),
        Guarded.Reason.RATE_LIMIT,
        Optional.of(TICKET + issuer + "/" + slot));
  }

  private Optional<Long> slot(String ticket) {
    String ours = TICKET + issuer + "/";
    try {
      return ticket.startsWith(ours)
          ? Optional.of(Long.parseLong(ticket.substring(ours.length())))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
