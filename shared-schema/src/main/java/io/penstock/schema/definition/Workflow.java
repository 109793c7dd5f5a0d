package io.penstock.schema.definition;

import io.penstock.schema.expression.Template;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ScopePath;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What happens, step by step, when an event arrives. Immutable under {@code name@version}.
 *
 * @param on events that start it; empty for one that is only started by hand
 * @param inputSchema JSON Schema (2020-12) of the event's data
 * @param steps at least one; ids are unique in the whole workflow
 * @param deadline total time of an execution, from its start; absent: not limited
 * @param output of the execution; absent: null
 * @param compensation in which order completed steps are undone
 * @param handlers around all steps
 */
public record Workflow(
    String name,
    String version,
    String description,
    List<Trigger> on,
    Optional<Json> inputSchema,
    List<Step> steps,
    OnFailure onFailure,
    Optional<Duration> deadline,
    Optional<Template> output,
    CompensationOrder compensation,
    Handlers handlers)
    implements Definition {

  /** Slot of the {@code n}th catch of a step is {@code catch<n>}; its step has this id. */
  public static final String FALLBACK_STEP_ID = "fallback";

  /**
   * Stands for the workflow itself in paths: its catches and {@code finally} are slots of it. No
   * step can have this id.
   */
  public static final StepPath WHOLE = new StepPath("@workflow");

  /** Slot of {@link #WHOLE}. */
  public static final String FINALLY_SLOT = "finally";

  private static final String CATCH_SLOT = "catch";
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  public Workflow {
    on = List.copyOf(on);
    steps = List.copyOf(steps);
  }

  /** Of an execution that may take as long as it takes. */
  public Workflow(
      String name,
      String version,
      String description,
      List<Trigger> on,
      Optional<Json> inputSchema,
      List<Step> steps,
      OnFailure onFailure,
      Optional<Template> output) {
    this(name, version, description, on, inputSchema, steps, onFailure, Optional.empty(), output);
  }

  /** The same with another answer to failures. */
  public Workflow onFailure(OnFailure other) {
    return new Workflow(
        name,
        version,
        description,
        on,
        inputSchema,
        steps,
        other,
        deadline,
        output,
        compensation,
        handlers);
  }

  /** Without handlers; what can be undone is undone in reverse. */
  public Workflow(
      String name,
      String version,
      String description,
      List<Trigger> on,
      Optional<Json> inputSchema,
      List<Step> steps,
      OnFailure onFailure,
      Optional<Duration> deadline,
      Optional<Template> output) {
    this(
        name,
        version,
        description,
        on,
        inputSchema,
        steps,
        onFailure,
        deadline,
        output,
        CompensationOrder.REVERSE,
        Handlers.NONE);
  }

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Workflow", name, Optional.of(version));
  }

  /** The slot in which the action of a step's {@code n}th catch runs. */
  public static String catchSlot(int handler) {
    return CATCH_SLOT + handler;
  }

  /** The number of the catch of a slot which {@link #isCatchSlot is one}. */
  public static int handlerOf(String slot) {
    return Integer.parseInt(slot.substring(CATCH_SLOT.length()));
  }

  /** The catch that runs in a slot which {@link #isCatchSlot is one}; empty if there is none. */
  public static Optional<Catch> inSlot(List<Catch> catches, String slot) {
    return index(slot.substring(CATCH_SLOT.length()), catches.size()).map(catches::get);
  }

  /** Whether a slot is that of a catch, and not of a branch or a round. */
  public static boolean isCatchSlot(String slot) {
    return slot.startsWith(CATCH_SLOT)
        && slot.length() > CATCH_SLOT.length()
        && slot.substring(CATCH_SLOT.length()).chars().allMatch(Workflow::isDigit);
  }

  /** Whether a slot is that of a step's compensation. */
  public static boolean isCompensationSlot(String slot) {
    return slot.equals(Compensation.SLOT);
  }

  /** Whether any of its steps has a compensation. */
  public boolean compensates() {
    return compensate(steps)
        || compensate(handlers.lastly())
        || handlers.catches().stream().map(Catch::steps).anyMatch(Workflow::compensate);
  }

  private static boolean compensate(List<Step> steps) {
    return steps.stream()
        .anyMatch(
            step ->
                step.compensation().isPresent()
                    || step.action().inside().stream().anyMatch(Workflow::compensate)
                    || step.catches().stream().map(Catch::steps).anyMatch(Workflow::compensate));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** The steps of a scope in their order; empty if this workflow has no such scope. */
  public List<Step> stepsIn(ScopePath scope) {
    if (scope.owner().isEmpty()) {
      return steps;
    }
    if (scope.owner().get().equals(WHOLE)) {
      return handling(scope.slot());
    }
    return step(scope.owner().get()).map(owner -> inSlot(owner, scope.slot())).orElse(List.of());
  }

  /** The step at a path; empty if this workflow has none there. */
  public Optional<Step> step(StepPath path) {
    return stepsIn(path.scope()).stream()
        .filter(step -> step.id().equals(path.stepId()))
        .findFirst();
  }

  private List<Step> handling(String slot) {
    if (isCatchSlot(slot)) {
      return inSlot(handlers.catches(), slot).map(Catch::steps).orElse(List.of());
    }
    return slot.equals(FINALLY_SLOT) ? handlers.lastly() : List.of();
  }

  private static List<Step> inSlot(Step owner, String slot) {
    if (isCatchSlot(slot)) {
      return inSlot(owner.catches(), slot).map(Catch::steps).orElse(List.of());
    }
    if (isCompensationSlot(slot)) {
      return owner.compensation().map(Compensation::step).stream().toList();
    }
    return switch (owner.action()) {
      case Action.Route route ->
          index(slot, route.branches().size())
              .map(branch -> route.branches().get(branch).steps())
              .orElse(List.of());
      case Action.Parallel parallel ->
          parallel.branch(slot).map(Action.ParallelBranch::steps).orElse(List.of());
      case Action.Foreach foreach ->
          index(slot, Integer.MAX_VALUE).map(round -> foreach.steps()).orElse(List.of());
      case Action.Enrich ignored -> List.of();
      case Action.Llm ignored -> List.of();
      case Action.NotifyApi ignored -> List.of();
      case Action.NotifyChannel ignored -> List.of();
      case Action.Wait ignored -> List.of();
    };
  }

  /** Only as it is written by us: {@code 01} would be a second name of the same place. */
  private static Optional<Integer> index(String text, int size) {
    return INDEX.matcher(text).matches()
        ? Optional.of(Integer.parseInt(text)).filter(index -> index < size)
        : Optional.empty();
  }
}
