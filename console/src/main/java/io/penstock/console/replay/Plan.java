package io.penstock.console.replay;

import java.util.List;
import java.util.Optional;

/**
 * What a replay would do, before anybody presses.
 *
 * @param letters that are selected
 * @param refused the first of those that would be; all of them are {@code letters - replayable}
 * @param estimatedCostMicroUsd of the calls counted in {@code steps}, by what such calls cost
 *     lately; absent if none of them has had a price
 * @param estimatedSeconds until all letters are sent, at the rate that was asked for
 * @param patchDiff what the patch does to the first letter, {@code patchExample}
 * @param patchTried whether it applies to the first letters
 */
record Plan(
    long letters,
    long replayable,
    List<Refused> refused,
    List<Step> steps,
    Optional<Long> estimatedCostMicroUsd,
    long estimatedSeconds,
    Optional<List<Patch.Change>> patchDiff,
    Optional<String> patchExample,
    Optional<PatchTrial.Tried> patchTried) {

  record Refused(String id, String why) {}

  /**
   * A step that would be tried again.
   *
   * @param executions in how many
   * @param kept finished steps of some of these executions, without numbers of branches and rounds
   * @param repeats calls that are made again: the dead step's own, once for each letter. Its
   *     retries, and steps behind it, that have not been made before, are not counted
   */
  record Step(
      String workflow,
      String version,
      String step,
      long executions,
      List<String> kept,
      List<Repeat> repeats) {}

  /**
   * @param target the model that was asked, or the Api or Channel that its definition names; the
   *     step if neither is known
   * @param sameKey whether the Idempotency-Key stays
   * @param costMicroUsd of one call lately
   */
  record Repeat(
      String kind, String target, long calls, boolean sameKey, Optional<Long> costMicroUsd) {}
}
