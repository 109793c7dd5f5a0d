package io.penstock.orchestrator.core;

import java.util.Optional;

/**
 * How many steps of an execution are open, by what they wait for. Counts and no list: what is kept
 * once per execution must not grow with what it does at the same time.
 */
public record OpenSteps(int requested, int waiting, int held, int dead) {
  static final OpenSteps NONE = new OpenSteps(0, 0, 0, 0);

  boolean isNone() {
    return total() == 0;
  }

  /** Whether some wait for an operator, and none for anything else. */
  boolean isAllDead() {
    return dead > 0 && total() == dead;
  }

  int total() {
    return requested + waiting + held + dead;
  }

  /** After the step of one scope went from one kind to another; empty: not open. */
  OpenSteps changed(Optional<OpenStep.Kind> before, Optional<OpenStep.Kind> after) {
    OpenSteps without = before.map(kind -> plus(kind, -1)).orElse(this);
    return after.map(kind -> without.plus(kind, 1)).orElse(without);
  }

  private OpenSteps plus(OpenStep.Kind kind, int more) {
    return switch (kind) {
      case REQUESTED -> new OpenSteps(requested + more, waiting, held, dead);
      case WAITING -> new OpenSteps(requested, waiting + more, held, dead);
      case HELD -> new OpenSteps(requested, waiting, held + more, dead);
      case DEAD -> new OpenSteps(requested, waiting, held, dead + more);
    };
  }
}
