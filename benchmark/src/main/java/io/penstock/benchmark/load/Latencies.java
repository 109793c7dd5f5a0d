package io.penstock.benchmark.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Durations, kept to three digits from a microsecond to an hour. Thread-safe to record. */
public final class Latencies {
  private static final long LONGEST_MICROS = 3_600_000_000L;
  private static final int DIGITS = 3;
  private static final double MICROS_PER_MS = 1_000;
  private static final double HUNDREDTHS = 100;
  private static final int NANOS_PER_MICRO = 1_000;

  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

  /** Times before 0 (two clocks that disagree) count as 0, those above an hour as an hour. */
  public void recordNanos(long nanos) {
    micros.recordValue(Math.clamp(nanos / NANOS_PER_MICRO, 0L, LONGEST_MICROS));
  }

  public long count() {
    return micros.getTotalCount();
  }

  /** Milliseconds; 0 when nothing was recorded. */
  public double percentileMs(double percentile) {
    return micros.getTotalCount() == 0 ? 0 : ms((double) micros.getValueAtPercentile(percentile));
  }

  /**
   * Percentiles in milliseconds, nothing if nothing was recorded.
   *
   * @param prefix of the names, e.g. {@code ack_}
   */
  public Map<String, Double> asMap(String prefix) {
    Map<String, Double> map = new LinkedHashMap<>();
    if (count() == 0) {
      return map;
    }
    map.put(prefix + "p50_ms", percentileMs(50));
    map.put(prefix + "p90_ms", percentileMs(90));
    map.put(prefix + "p95_ms", percentileMs(95));
    map.put(prefix + "p99_ms", percentileMs(99));
    map.put(prefix + "p99_9_ms", percentileMs(99.9));
    map.put(prefix + "max_ms", ms((double) micros.getMaxValue()));
    map.put(prefix + "mean_ms", ms(micros.getMean()));
    return map;
  }

  private static double ms(double micros) {
    return Math.round(micros / MICROS_PER_MS * HUNDREDTHS) / HUNDREDTHS;
  }
}
