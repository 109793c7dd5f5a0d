package io.penstock.worker.limit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all processes together know of the calls to one other side: a row of the store. Times in
 * microseconds since 1970 by the store's clock.
 *
 * @param spacings that the timetables are made for
 * @param plan moments that were promised to who waits
 * @param law calls that may begin; asked again when one is about to
 * @param pausedUntil nobody calls before, since the other side asked for it; 0 for never
 * @param probe the last one
 * @param members by the name of a process
 */
record SharedState(
    List<Spacing> spacings,
    Timetable plan,
    Timetable law,
    long pausedUntil,
    Probe probe,
    Map<String, Member> members) {
  static final SharedState EMPTY =
      new SharedState(List.of(), Timetable.empty(0), Timetable.empty(0), 0, Probe.NONE, Map.of());

  /**
   * A process that calls.
   *
   * @param places of its calls on their way
   * @param until it is not heard of again: its places are free then
   * @param waitedAt last time that it found no place
   */
  record Member(int places, long until, long waitedAt) {}

  /**
   * A call that was to tell whether the other side is well again.
   *
   * @param until no other process makes one
   * @param onItsWay whether it is not over yet
   */
  record Probe(long until, boolean onItsWay) {
    static final Probe NONE = new Probe(0, false);
  }

  SharedState {
    probe = probe == null ? Probe.NONE : probe; // a row that an earlier release wrote
    spacings = List.copyOf(spacings);
    members = Map.copyOf(members);
  }

  SharedState respaced(List<Spacing> wanted, long now) {
    return wanted.equals(spacings)
        ? this
        : new SharedState(
            wanted,
            plan.respaced(spacings, wanted, now),
            law.respaced(spacings, wanted, now),
            pausedUntil,
            probe,
            members);
  }

  SharedState planned(long slot) {
    return new SharedState(spacings, plan.with(spacings, slot), law, pausedUntil, probe, members);
  }

  SharedState granted(long at) {
    return new SharedState(spacings, plan, law.with(spacings, at), pausedUntil, probe, members);
  }

  SharedState givenBack() {
    return new SharedState(
        spacings, plan.without(spacings), law.without(spacings), pausedUntil, probe, members);
  }

  SharedState pausedUntil(long until) {
    return until <= pausedUntil
        ? this
        : new SharedState(spacings, plan, law, until, probe, members);
  }

  SharedState with(Probe last) {
    return new SharedState(spacings, plan, law, pausedUntil, last, members);
  }

  /** With the news of one process; those that are not heard of any more fall out. */
  SharedState with(String process, Member member, long now) {
    Map<String, Member> known = new TreeMap<>(members);
    known.put(process, member);
    known.values().removeIf(other -> other.until() < now);
    return new SharedState(spacings, plan, law, pausedUntil, probe, known);
  }
}
