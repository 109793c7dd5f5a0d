package io.penstock.simulator.run;

import io.penstock.simulator.plan.Plan;
import io.penstock.simulator.plan.Planned;
import io.penstock.simulator.planted.PlantedBug;
import java.util.ArrayList;
import java.util.List;

/**
 * From a plan that fails to a short one that fails of the same invariant, by leaving out more and
 * more of it (Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, 2002).
 */
public final class Shrinker {
  private final PlantedBug planted;
  private final String invariant;
  private RunResult shortest;
  private int runs;

  private Shrinker(RunResult failed, PlantedBug planted) {
    this.planted = planted;
    this.invariant = failed.violations().getFirst().invariant();
    this.shortest = failed;
  }

  /**
   * Shortens the plan of a run that failed.
   *
   * @param atMost so many runs are tried
   */
  public static RunResult shrink(RunResult failed, PlantedBug planted, int atMost) {
    Shrinker shrinker = new Shrinker(failed, planted);
    int parts = 2;
    while (parts <= shrinker.items().size() && shrinker.runs < atMost) {
      if (shrinker.leavesOut(parts, atMost)) {
        parts = Math.max(2, parts - 1);
      } else if (parts == shrinker.items().size()) {
        break;
      } else {
        parts = Math.min(shrinker.items().size(), parts * 2);
      }
    }
    return shrinker.shortest;
  }

  private List<Planned> items() {
    return shortest.plan().items();
  }

  /** Tries to do without one of so many parts of the plan. */
  private boolean leavesOut(int parts, int atMost) {
    List<Planned> all = items();
    for (int part = 0; part < parts && runs < atMost; part++) {
      int from = all.size() * part / parts;
      int until = all.size() * (part + 1) / parts;
      List<Planned> rest = new ArrayList<>(all.subList(0, from));
      rest.addAll(all.subList(until, all.size()));
      runs++;
      Plan plan = shortest.plan().of(rest);
      RunResult result = Simulation.run(plan, planted);
      boolean same =
          result.violations().stream()
              .anyMatch(violation -> violation.invariant().equals(invariant));
      if (same) {
        shortest = result;
        return true;
      }
    }
    return false;
  }
}
