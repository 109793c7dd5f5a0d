package io.penstock.simulator.language;

import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the interpretation of an execution leaves behind. */
final class Trace {
  private final Shared shared;
  private final boolean sure;
  private final boolean outliving;

  /** Of the whole execution. */
  private static final class Shared {
    private final Map<StepPath, ExpectedStep> steps = new LinkedHashMap<>();
    private final Map<StepPath, Sight> undoable = new LinkedHashMap<>();
    private final Set<StepPath> outliving = new LinkedHashSet<>();
    private final Set<StepPath> unknown = new LinkedHashSet<>();
    private boolean dropped;
    private boolean undecided;
  }

  private Trace(Shared shared, boolean sure, boolean outliving) {
    this.shared = shared;
    this.sure = sure;
    this.outliving = outliving;
  }

  static Trace begun() {
    return new Trace(new Shared(), true, false);
  }

  /** The same execution, in which this may happen or not. */
  Trace perhaps() {
    return new Trace(shared, false, outliving);
  }

  Trace perhapsUnless(boolean certain) {
    return certain ? this : perhaps();
  }

  /** The same execution; happens unless the execution fails before it does. */
  Trace besides() {
    return new Trace(shared, sure, true);
  }

  boolean isSure() {
    return sure;
  }

  private ExpectedStep at(StepPath path) {
    if (outliving) {
      shared.outliving.add(path);
    }
    return shared.steps.getOrDefault(path, ExpectedStep.NOTHING);
  }

  void tried(StepPath path, int attempt) {
    shared.steps.put(path, at(path).tried(attempt, sure));
  }

  void died(StepPath path) {
    shared.steps.put(path, at(path).died(sure));
  }

  void completed(StepPath path, int attempt, Object output) {
    shared.steps.put(path, at(path).completed(attempt, output, sure));
  }

  /** A call has gone well that can be undone, which would see this. */
  void canBeUndone(StepPath path, Sight sight) {
    shared.undoable.put(path, sight);
  }

  /** Nothing is known of a step and what is inside. */
  void unknown(StepPath path) {
    shared.unknown.add(path);
  }

  /** A failure was taken where it dropped what was at work beside it, or ended the execution. */
  void dropped() {
    shared.dropped = true;
  }

  /** What comes behind depends on something unknown. */
  void undecided() {
    shared.undecided = true;
  }

  boolean isUndecided() {
    return shared.undecided;
  }

  Map<StepPath, Sight> undoable() {
    return shared.undoable;
  }

  Set<StepPath> unknown() {
    return shared.unknown;
  }

  /** By path. */
  Map<StepPath, ExpectedStep> steps() {
    Map<StepPath, ExpectedStep> steps = new LinkedHashMap<>(shared.steps);
    steps.replaceAll(
        (path, step) ->
            shared.undecided || (shared.dropped && shared.outliving.contains(path))
                ? step.perhaps()
                : step);
    return steps;
  }
}
