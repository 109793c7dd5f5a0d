package io.penstock.simulator.language;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Generated workflows, each in several worlds, with what is expected of them. Made once for all
 * tests: to compile expressions takes longer than all the rest.
 */
record Corpus(
    int seed, int world, GeneratedWorkflow generated, Json input, Expectation expectation) {
  private static final int WORKFLOWS = 250;
  private static final int WORLDS = 5;
  private static final List<Corpus> ALL = make();

  static List<Corpus> all() {
    return ALL;
  }

  private static List<Corpus> make() {
    List<Corpus> all = new ArrayList<>();
    for (int seed = 0; seed < WORKFLOWS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GeneratedWorkflow workflow = WorkflowGenerator.next(random, "generated", "1.0.0");
      for (int world = 0; world < WORLDS; world++) {
        GeneratedWorkflow generated = workflow.with(WorkflowGenerator.script(random));
        Json input = WorkflowGenerator.input(random);
        Expectation expectation = Oracle.expect(generated, CoreRun.ID, input);
        all.add(new Corpus(seed, world, generated, input, expectation));
      }
    }
    return List.copyOf(all);
  }

  /** Differences of one execution, with where to find it again. */
  List<String> differences(int order, CoreRun.Decider decider) {
    return expectation
        .differences(CoreRun.of(generated, input, new SplittableRandom(order), decider))
        .stream()
        .map(
            difference ->
                "workflow %d, world %d, order %d: %s".formatted(seed, world, order, difference))
        .toList();
  }
}
