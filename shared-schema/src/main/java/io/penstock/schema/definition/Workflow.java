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
    CompensationOrder compensation)
    implements Definition {

  /** Slot of the {@code n}th catch of a step is {@code catch<n>}; its step has this id. */
  public static final String FALLBACK_STEP_ID = "fallback";

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
    this(
        name,
        version,
        description,
        on,
        inputSchema,
        steps,
        onFailure,
        Optional.empty(),
        output,
        CompensationOrder.REVERSE);
  }

  /** The same with another answer to failures. */
  public Workflow onFailure(OnFailure other) {
    return new Workflow(
        name, version, description, on, inputSchema, steps, other, deadline, output, compensation);
  }

  @Override
  public DefinitionKey key() {
    return new DefinitionKey("Workflow", name, Optional.of(version));
  }

  /** The slot in which the action of a step's {@code n}th catch runs. */
  public static String catchSlot(int handler) {
    return CATCH_SLOT + handler;
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
    return compensate(steps);
  }

  private static boolean compensate(List<Step> steps) {
    return steps.stream()
        .anyMatch(
            step ->
                step.compensation().isPresent()
                    || step.action().inside().stream().anyMatch(Workflow::compensate));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** The steps of a scope in their order; empty if this workflow has no such scope. */
  public List<Step> stepsIn(ScopePath scope) {
    if (scope.owner().isEmpty()) {
      return steps;
    }
    return step(scope.owner().get()).map(owner -> inSlot(owner, scope.slot())).orElse(List.of());
  }

  /** The step at a path; empty if this workflow has none there. */
  public Optional<Step> step(StepPath path) {
    return stepsIn(path.scope()).stream()
        .filter(step -> step.id().equals(path.stepId()))
        .findFirst();
  }

  private static List<Step> inSlot(Step owner, String slot) {
    if (isCatchSlot(slot)) {
      return index(slot.substring(CATCH_SLOT.length()), owner.catches().size()).stream()
          .flatMap(handler -> owner.catches().get(handler).fallbackStep().stream())
          .toList();
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
    };
  }

  /** Only as it is written by us: {@code 01} would be a second name of the same place. */
  private static Optional<Integer> index(String text, int size) {
    return INDEX.matcher(text).matches()
        ? Optional.of(Integer.parseInt(text)).filter(index -> index < size)
        : Optional.empty();
  }
}
