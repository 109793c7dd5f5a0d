package io.penstock.simulator.language;

import io.penstock.schema.message.Fact;
import io.penstock.schema.message.Gathered;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Outputs as history tells them: those that are named there instead of repeated are looked up. */
final class ShownOutputs {
  private final Shown shown;

  ShownOutputs(Shown shown) {
    this.shown = shown;
  }

  /** Null for a step that has none. */
  Object of(StepPath path) {
    List<Fact.StepCompleted> completed = shown.completed.getOrDefault(path, List.of());
    return completed.isEmpty() ? null : of(completed.getFirst());
  }

  private Object of(Fact.StepCompleted fact) {
    if (fact.gathered().isPresent()) {
      return gathered(fact.path(), fact.gathered().get());
    }
    Object own = fact.output().value();
    if (fact.outputOf().isEmpty()) {
      return own;
    }
    Object taken = of(fact.outputOf().get());
    if (!(own instanceof Map<?, ?> beside)) {
      return taken;
    }
    Map<String, Object> both = new LinkedHashMap<>();
    beside.forEach((name, value) -> both.put((String) name, value));
    both.put("output", taken);
    return both;
  }

  private Object gathered(StepPath path, Gathered gathered) {
    Map<String, Object> members = new LinkedHashMap<>();
    switch (gathered) {
      case Gathered.Branches branches ->
          branches.lastSteps().forEach((name, last) -> members.put(name, of(last)));
      case Gathered.Rounds rounds -> {
        List<Object> items = new ArrayList<>();
        for (int round = 0; round < rounds.rounds(); round++) {
          items.add(of(path.slot(Integer.toString(round)).step(rounds.lastStep())));
        }
        members.put("items", items);
        members.put("failed", (long) rounds.failed());
      }
    }
    return members;
  }
}
