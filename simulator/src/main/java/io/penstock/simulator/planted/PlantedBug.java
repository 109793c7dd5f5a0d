package io.penstock.simulator.planted;

import java.util.Locale;

/**
 * Mistakes that can be switched on in a run, each of a kind that real systems have had. A simulator
 * that does not find them would not find ours. They live in the simulated parts and in a wrapper of
 * the core ({@link PlantedDecider}); the product knows nothing of them.
 */
public enum PlantedBug {
  NONE("the product as it is"),
  SKIP_DEDUPLICATION("a task does not remember the events that it has seen"),
  COMMIT_BEFORE_PRODUCE("a crash may keep the offsets and lose what was to be written with them"),
  KEEP_UNCOMMITTED_STATE("a task that takes over restores writes of an aborted transaction"),
  ACCEPT_ZOMBIE("the commit of a process that lost its partitions is taken"),
  RELEASE_AT_TAKE_OVER("commands go out again without waiting for outcomes further down the log"),
  ACCEPT_STALE_FAILURE("a failure of an earlier attempt counts for the current one"),
  ACCEPT_TWICE("a second success of a step is accepted"),
  REOPEN_AN_END("a cancel is accepted after the end"),
  COMPENSATE_TWICE("the command of a compensation goes out a second time"),
  FORGET_COMPENSATION("a completed step is not put on the list of compensations"),
  DROP_TIMER("a timer is not written to its store"),
  FIRE_EARLY("whoever announces a timer is believed that it is due"),
  DECIDE_BY_OWN_CLOCK("decisions take the process's clock instead of the broker's"),
  LATEST_DEFINITION("a running execution goes on with the newest version it can find"),
  LOSE_DEAD_LETTER("a dead step is not written to its dead letters"),
  SHORTEN_DEAD_LETTER("a dead letter has lost the last byte of its record"),
  STOP_AT_POISON("a record that cannot be read stops its partition"),
  FORGET_USAGE("what a failed attempt has cost is not recorded"),
  KEY_PER_ATTEMPT("each attempt has an Idempotency-Key of its own"),
  ACKNOWLEDGE_BEFORE_OUTCOME("a worker lets go of a command before its outcome is written"),
  LEAK_SECRET("a worker quotes its secret in an error");

  private final String what;

  PlantedBug(String what) {
    this.what = what;
  }

  public String what() {
    return what;
  }

  /** As it is written on a command line. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
