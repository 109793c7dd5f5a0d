package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a round of a foreach sees besides what stands outside: its item (or chunk of items) under
 * the name that the foreach gives it, and {@code index}. An inner name hides an outer one.
 */
final class RoundVariables {
  private static final String INDEX = "index";

  private final ExecutionState state;
  private final Workflow workflow;

  RoundVariables(ExecutionState state, Workflow workflow) {
    this.state = state;
    this.workflow = workflow;
  }

  /** The value of a name at a place of the tree; empty if no foreach around gives it one. */
  Optional<Json> find(ScopePath scope, String name) {
    for (ScopePath here = scope; here.owner().isPresent(); here = here.owner().get().scope()) {
      StepPath owner = here.owner().get();
      if (!Workflow.isCatchSlot(here.slot())
          && workflow.step(owner).map(Step::action).orElse(null)
              instanceof Action.Foreach foreach) {
        int round = Integer.parseInt(here.slot());
        if (name.equals(foreach.as())) {
          return Optional.of(items(owner, foreach, round));
        }
        if (name.equals(INDEX)) {
          return Optional.of(Json.of((long) round));
        }
      }
    }
    return Optional.empty();
  }

  private Json items(StepPath foreach, Action.Foreach definition, int round) {
    if (definition.chunk().isEmpty()) {
      return item(foreach, round).orElse(Json.NULL);
    }
    int from = round * definition.chunk().get();
    List<Object> chunk = new ArrayList<>();
    for (int i = from; i < from + definition.chunk().get(); i++) {
      item(foreach, i).ifPresent(item -> chunk.add(item.value()));
    }
    return Json.of(chunk);
  }

  private Optional<Json> item(StepPath foreach, int number) {
    int place = number % ItemSlice.ITEMS;
    return state
        .items(foreach, number / ItemSlice.ITEMS)
        .filter(slice -> place < slice.items().size())
        .map(slice -> slice.items().get(place));
  }
}
