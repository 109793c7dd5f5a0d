package io.penstock.orchestrator.core;

import java.time.Duration;

/** Sizes and times that decide; constants, since two settings of them would decide differently. */
public final class Limits {
  /** A larger output is refused as {@code tooLarge}: pass a reference instead. */
  public static final int OUTPUT_BYTES = 256 * 1024;

  /**
   * A larger context is refused as {@code tooLarge}; it keeps commands below the broker's limit.
   */
  public static final int CONTEXT_BYTES = 512 * 1024;

  /** A longer list of a foreach is refused as {@code tooLarge}; so is one of more bytes. */
  public static final int ITEMS = 100_000;

  public static final int ITEMS_BYTES = 256 * 1024;

  /**
   * Outputs of branches and rounds that are put together for an expression; more are refused as
   * {@code tooLarge} before they are looked at, since the whole would have to fit into memory.
   */
  static final int GATHERED_BYTES = 4 * 1024 * 1024;

  /** No more commands leave in one transition; those beyond go out with the next. */
  public static final int COMMANDS = 100;

  /**
   * Likewise, counted in what they carry: all of them are in memory at once, before one is sent.
   */
  static final long COMMAND_BYTES = 8L * 1024 * 1024;

  /** So many compensations of one execution are at work at a time, where several may be. */
  static final int COMPENSATIONS = 100;

  /** What one transition decides, counted in facts; steps beyond begin with the next. */
  static final int FACTS = 500;

  /** Likewise, counted in outputs and items. */
  static final int PAYLOAD_BYTES = 256 * 1024;

  /** An event is recognised as a repetition for this long. */
  public static final Duration DEDUPLICATION = Duration.ofDays(4);

  /** No deferral is longer, whatever a worker says. */
  public static final Duration DEFERRAL = Duration.ofHours(24);

  /** A failed execution can be restarted for this long; then its state is dropped. */
  public static final Duration FAILED_KEPT = Duration.ofDays(30);

  private static final Duration SAFETY_NET = Duration.ofHours(1);
  private static final int SAFETY_NET_TIMEOUTS = 10;

  private Limits() {}

  /**
   * After which a command without an outcome is handed out again. A lost worker is noticed by the
   * broker long before; this must not fire because a queue is long.
   */
  static Duration safetyNet(Duration stepTimeout) {
    Duration scaled = stepTimeout.multipliedBy(SAFETY_NET_TIMEOUTS);
    return scaled.compareTo(SAFETY_NET) > 0 ? scaled : SAFETY_NET;
  }
}
