package io.penstock.simulator.language;

/**
 * What a step has to show at the end.
 *
 * @param certain whether it must; else it may show less of it, and nothing else
 * @param attempts number of the last attempt; 0 for what makes none
 * @param deaths how often it failed for good
 * @param completes whether it completes, at best
 * @param surelyCompletes whether it does
 * @param attempt that gave the output; 0 if none did, {@link #ANY} if it depends
 */
record ExpectedStep(
    boolean certain,
    int attempts,
    int deaths,
    boolean completes,
    boolean surelyCompletes,
    int attempt,
    Object output) {

  static final int ANY = -1;
  static final ExpectedStep NOTHING = new ExpectedStep(true, 0, 0, false, false, 0, null);

  ExpectedStep tried(int attempt, boolean sure) {
    return new ExpectedStep(
        certain && sure,
        Math.max(attempts, attempt),
        deaths,
        completes,
        surelyCompletes,
        this.attempt,
        output);
  }

  ExpectedStep died(boolean sure) {
    return new ExpectedStep(
        certain && sure, attempts, deaths + 1, completes, surelyCompletes, attempt, output);
  }

  /** Where it may do so in several ways, nobody knows in which. */
  ExpectedStep completed(int byAttempt, Object value, boolean sure) {
    return new ExpectedStep(
        certain,
        attempts,
        deaths,
        true,
        sure,
        completes && attempt != byAttempt ? ANY : byAttempt,
        completes ? Unknown.either(output, value) : value);
  }

  /** Perhaps. */
  ExpectedStep perhaps() {
    return new ExpectedStep(false, attempts, deaths, completes, false, attempt, output);
  }
}
