package io.penstock.simulator.language;

import io.penstock.schema.definition.Compensation;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the compensations of steps have to show if the steps are undone. */
final class WayBack {
  private final Workflow workflow;
  private final Calls calls;

  WayBack(Workflow workflow, Calls calls) {
    this.workflow = workflow;
    this.calls = calls;
  }

  /**
   * @param undoable by path, what the compensation can see
   * @return by the path of the step that is undone
   */
  Map<StepPath, ExpectedStep> of(Map<StepPath, Sight> undoable) {
    Map<StepPath, ExpectedStep> undoing = new LinkedHashMap<>();
    undoable.forEach((path, sight) -> undoing.put(path, undoing(path, sight)));
    return undoing;
  }

  private ExpectedStep undoing(StepPath step, Sight sight) {
    Compensation compensation = workflow.step(step).flatMap(Step::compensation).orElseThrow();
    ExpectedStep undoing = ExpectedStep.NOTHING;
    while (true) {
      Calls.Series series =
          calls.series(
              compensation.action(), compensation.retry(), pathOf(step), sight, undoing.attempts());
      undoing = undoing.tried(series.last(), true);
      if (series.output().isPresent()) {
        return undoing.completed(series.last(), series.output().get(), true);
      }
      undoing = undoing.died(true);
    }
  }

  /** Of a step's compensation. */
  static StepPath pathOf(StepPath step) {
    return step.slot(Compensation.SLOT).step("compensation");
  }
}
