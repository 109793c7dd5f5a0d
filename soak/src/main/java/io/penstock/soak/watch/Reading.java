package io.penstock.soak.watch;

import io.penstock.soak.installation.Member;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * All figures at a moment.
 *
 * @param after since the beginning
 * @param diskBytes of a member's folder; members without one are missing
 * @param open events that were accepted and have not gone their way
 * @param lag records of the input log; empty when the broker did not answer
 */
public record Reading(
    Duration after,
    Map<Member, ProcessFigures> processes,
    Map<Member, Long> diskBytes,
    long open,
    OptionalLong lag) {
  public Reading {
    processes = Map.copyOf(processes);
    diskBytes = Map.copyOf(diskBytes);
  }
}
