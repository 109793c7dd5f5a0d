package io.penstock.worker.limit;

/**
 * Whose turn it is to probe a side that is sick, or that asked for a pause: of all processes that
 * keep their calls back, one at a time. Thread-safe.
 */
interface Probes {
  /** A process alone probes when its gate says so. */
  Probes ALONE =
      new Probes() {
        @Override
        public long begin() {
          return 0;
        }

        @Override
        public void ended(long nanos) {}
      };

  /**
   * Takes the turn.
   *
   * @return nanoseconds after which to ask again; 0 if the turn was taken, to be given back by
   *     {@link #ended}
   */
  long begin();

  /**
   * The probe is over, or was not made.
   *
   * @param nanos from now on in which nobody probes
   */
  void ended(long nanos);
}
