package io.penstock.simulator.world;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.simulator.language.Answer;
import io.penstock.simulator.language.GeneratedWorkflow;
import io.penstock.simulator.language.ScriptedWorker;
import io.penstock.simulator.language.WorkflowGenerator;
import io.penstock.simulator.time.Chance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The workflows of a run: each has a version that is there when it begins, and one that may be
 * applied in its midst.
 */
public final class WorkflowSet {
  private static final String FIRST = "1.0.0";
  private static final String SECOND = "1.1.0";
  private static final int MOST = 3;

  private final Chance chance;
  private final List<String> names;
  private final Map<String, GeneratedWorkflow> byVersion = new HashMap<>();

  private WorkflowSet(Chance chance, List<String> names) {
    this.chance = chance;
    this.names = names;
  }

  /** By a seed. */
  public static WorkflowSet of(long seed) {
    Chance chance = new Chance(seed).of("workflows");
    int count = 1 + chance.below(MOST);
    return new WorkflowSet(chance, IntStream.range(0, count).mapToObj(i -> "w" + i).toList());
  }

  public List<String> names() {
    return names;
  }

  /** The versions that are there when a run begins. */
  public List<Workflow> first() {
    return names.stream().map(name -> generated(name, FIRST).workflow()).toList();
  }

  /** The version that may be applied in the midst of a run. */
  public Workflow second(String name) {
    return generated(name, SECOND).workflow();
  }

  /** Made when it is first asked for: most versions never are. */
  public GeneratedWorkflow generated(String name, String version) {
    return byVersion.computeIfAbsent(
        name + "@" + version,
        key -> WorkflowGenerator.next(chance.of(key).random(), name, version));
  }

  /** What the outside says to an attempt; it does not depend on when, or how often, it is asked. */
  public StepOutcome.Result answer(StepRequested command) {
    GeneratedWorkflow generated = generated(command.workflow(), command.version());
    Answer answer = new ScriptedWorker(generated.script()).answer(generated.workflow(), command);
    return switch (answer) {
      case Answer.Succeeds good -> new StepOutcome.Succeeded(good.output());
      case Answer.Fails bad -> new StepOutcome.Failed(bad.error(), bad.retryAfter());
      case Answer.Hangs ignored -> new StepOutcome.Failed(Answer.Hangs.ERROR, Optional.empty());
    };
  }
}
