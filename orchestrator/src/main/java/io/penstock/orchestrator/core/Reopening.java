package io.penstock.orchestrator.core;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.json.JsonPatchException;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a replay does to dead steps: as they are, with their request edited, or with another version
 * of the workflow. All of it, or nothing and why.
 */
final class Reopening {
  private static final int SHOWN = 200;

  private final Decision decision;
  private final Definitions definitions;

  /** By the dead steps that are reopened: all edits of their request that hold from now on. */
  private final Map<StepPath, Optional<Json>> edits = new LinkedHashMap<>();

  private Optional<Workflow> target = Optional.empty();

  Reopening(Decision decision, Definitions definitions) {
    this.decision = decision;
    this.definitions = definitions;
  }

  /**
   * Decides whether a replay applies, and what it is about.
   *
   * @return why it does not; empty if {@link #decide} may follow
   */
  Optional<String> refusal(Control control) {
    ExecutionControl found = decision.control();
    if (found.isEnded()) {
      return Optional.of("the execution has ended: " + found.status());
    }
    List<OpenStep> open = found.open().dead() > 0 ? decision.state().openSteps() : List.of();
    List<StepPath> dead =
        open.stream()
            .filter(step -> step.kind() == OpenStep.Kind.DEAD)
            .map(OpenStep::path)
            .filter(path -> control.path().isEmpty() || isMeant(path, control))
            .toList();
    if (dead.isEmpty()
        && (!found.isBroken() || control.patch().isPresent() || control.path().isPresent())) {
      return Optional.of(
          control.path().isEmpty()
              ? "no step of it is dead"
              : "step '%s' is not dead".formatted(shown(control.path().get().value())));
    }
    return moveRefusal(control, found).or(() -> editRefusal(control, found, dead));
  }

  /**
   * Who wishes a compensation to be tried again may name the step that it undoes. A replay names
   * what is dead itself: a late one, of the step, must not become one of what undoes it.
   */
  private static boolean isMeant(StepPath dead, Control control) {
    StepPath named = control.path().orElseThrow();
    return dead.equals(named)
        || (control.verb() == Control.Verb.RETRY_COMPENSATION
            && Compensations.isOne(dead)
            && dead.scope().owner().equals(Optional.of(named)));
  }

  private Optional<String> moveRefusal(Control control, ExecutionControl found) {
    Optional<String> version = control.version().filter(other -> !other.equals(found.version()));
    if (version.isEmpty()) {
      return Optional.empty();
    }
    target = definitions.find(found.workflow(), version.get());
    if (target.isEmpty()) {
      return Optional.of(
          "workflow '%s' has no version %s here".formatted(found.workflow(), shown(version.get())));
    }
    return VersionMove.refusal(
        decision.state(), definitions.find(found.workflow(), found.version()), target.get());
  }

  /** Who writes to the log by hand may write what is longer than a record of history. */
  private static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }

  private Optional<String> editRefusal(
      Control control, ExecutionControl found, List<StepPath> dead) {
    for (StepPath path : dead) {
      Optional<Json> before =
          target.isPresent() ? Optional.empty() : Steps.tryAt(decision.state(), path).patch();
      edits.put(path, before);
      if (control.patch().isPresent()) {
        Workflow workflow =
            target.orElseGet(() -> definitions.workflow(found.workflow(), found.version()));
        try {
          edits.put(path, Optional.of(edited(workflow, path, before, control.patch().get())));
        } catch (JsonPatchException e) {
          return Optional.of(
              "the patch does not fit what step '%s' is sent: %s".formatted(path, e.getMessage()));
        }
      }
    }
    long bytes = edits.values().stream().flatMap(Optional::stream).mapToLong(Json::sizeBytes).sum();
    return bytes > Limits.PAYLOAD_BYTES
        ? Optional.of("so many steps are dead that the patch goes to one at a time: name its path")
        : Optional.empty();
  }

  private Json edited(Workflow workflow, StepPath path, Optional<Json> before, Json patch)
      throws JsonPatchException {
    Step step = workflow.step(path).orElseThrow();
    if (!(step.action() instanceof Action.Work work)) {
      throw new JsonPatchException("no worker is sent anything for it");
    }
    Json all = EditedContext.joined(before, patch);
    Context context = new Context(decision.state(), workflow);
    Json whole =
        context
            .fitting(path, work)
            .orElseThrow(() -> new JsonPatchException("it is too large to be sent at all"));
    Json unused = EditedContext.of(whole, all); // only to be refused if it does not fit
    return all;
  }

  /**
   * Reopens them.
   *
   * @return the steps, in the order of their paths
   */
  List<StepPath> decide(Control control) {
    target.ifPresent(
        to ->
            decision.add(
                new Fact.ExecutionMoved(
                    decision.control().version(), to.version(), control.by(), control.reason())));
    edits.forEach(
        (path, edit) -> {
          Try last = Steps.tryAt(decision.state(), path);
          boolean edited = control.patch().isPresent();
          decision.add(
              new Fact.StepReopened(
                  path,
                  // a move has raised it already
                  edited && target.isEmpty() ? last.generation() + 1 : last.generation(),
                  edited || target.isPresent() ? 1 : last.attempt() + 1,
                  control.by(),
                  control.reason(),
                  edit));
        });
    return List.copyOf(edits.keySet());
  }
}
