package io.penstock.benchmark.load;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What to send.
 *
 * @param webhook where
 * @param world the stub world's address, which says how executions ended
 * @param pace when
 * @param warmUp load before the measured time; sent and checked, but in no figure of time
 * @param measured how long sends count
 * @param connections at most so many at once
 * @param secret signs as a Standard Webhook if given
 * @param duplicates share of sends that repeat an earlier one
 * @param body template; {@code {id}} and {@code {n}} are replaced
 * @param calls how many a lead is to make; what it makes beyond is told
 * @param prefix of the ids, new for each load
 * @param drain how long to wait for the last executions after the last send
 * @param settle how long to wait for late duplicates after that
 */
public record LoadPlan(
    URI webhook,
    URI world,
    Pace pace,
    Duration warmUp,
    Duration measured,
    int connections,
    Optional<String> secret,
    double duplicates,
    String body,
    CallsPerLead calls,
    String prefix,
    Duration drain,
    Duration settle) {

  /** For {@link #body}: what the lead workflow takes. */
  public static final String LEAD =
      "{\"id\":\"{id}\",\"email\":\"lead{n}@example.test\",\"name\":\"Lead {n}\",\"source\":\"bench\",\"message\":\"Please call me about your product\"}";

  /** For {@link #settle}; a duplicate that comes later is not seen. */
  public static final Duration SETTLE = Duration.ofMillis(500);

  /** A prefix that no load before has used, nor another one on this machine. */
  public static String freshPrefix() {
    return "r" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  }

  /** When sends are due. */
  public sealed interface Pace {}

  /** On a schedule, whatever the receiver does: for latency. */
  public record OpenLoop(double perSecond) implements Pace {}

  /** As fast as executions end: at most {@code window} of them are under way. For throughput. */
  public record ClosedLoop(int window) implements Pace {
    public ClosedLoop {
      if (window < 1) {
        throw new IllegalArgumentException("window is %d; it is at least 1".formatted(window));
      }
    }
  }

  public LoadPlan {
    if (connections < 1) {
      throw new IllegalArgumentException(
          "connections is %d; it is at least 1".formatted(connections));
    }
    if (measured.isNegative() || measured.isZero()) {
      throw new IllegalArgumentException(
          "the measured time is %s; it must be positive".formatted(measured));
    }
  }

  Duration total() {
    return warmUp.plus(measured);
  }
}
