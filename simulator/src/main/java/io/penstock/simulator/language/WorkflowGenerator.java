package io.penstock.simulator.language;

import io.penstock.schema.definition.Workflow;
import io.penstock.schema.json.Json;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Problem;
import io.penstock.schema.language.Reading;
import io.penstock.simulator.language.Place.Done;
import io.penstock.simulator.language.Place.Written;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Workflows of any shape that the language has, as YAML, with what the outside will answer. Most of
 * them end the same way in whatever order things happen; some have races in them.
 */
public final class WorkflowGenerator {
  /** What is wrong with a few drafts: too many steps at work at a time, or too deep. */
  private static final List<String> TOO_MUCH =
      List.of("can be at work at a time", "nested deeper than");

  private static final int MOST_STEPS = 14;
  private static final int FEW = 5;
  private static final int MANY = 41;

  private WorkflowGenerator() {}

  /** The next one, under this name; the same for the same state of the dice. */
  public static GeneratedWorkflow next(RandomGenerator random, String name, String version) {
    while (true) { // few drafts are more than the language allows
      String yaml = draft(random, name, version);
      Optional<Workflow> workflow = read(yaml);
      if (workflow.isPresent()) {
        return new GeneratedWorkflow(yaml, workflow.get(), script(random));
      }
    }
  }

  private static String draft(RandomGenerator random, String name, String version) {
    String onFailure =
        List.of("suspend", "suspend", "fail", "compensate", "compensate").get(random.nextInt(5));
    boolean suspends = onFailure.equals("suspend");
    boolean undoes = onFailure.equals("compensate") || random.nextInt(4) == 0;
    boolean races = random.nextInt(3) == 0;
    Draft draft = new Draft(random, random.nextInt(2, MOST_STEPS), suspends, undoes, races);
    return Yaml.of(workflow(draft, name, version, onFailure));
  }

  /** Another world for a workflow: to read one takes far longer than to go through it. */
  public static Script script(RandomGenerator random) {
    double[] troubled = {0, 0.03, 0.1, 0.25, 0.5};
    return new Script(random.nextLong(), troubled[random.nextInt(troubled.length)]);
  }

  /** An event's data that generated workflows can work on. */
  public static Json input(RandomGenerator random) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("n", (long) random.nextInt(10));
    input.put("text", List.of("a", "be", "an \u00e9clair").get(random.nextInt(3)));
    input.put("flag", random.nextBoolean());
    input.put("minutes", (long) random.nextInt(5));
    input.put("few", LongStream.range(0, random.nextInt(FEW)).boxed().toList());
    input.put("many", LongStream.range(0, random.nextInt(MANY)).boxed().toList());
    return Json.of(input);
  }

  private static Map<String, Object> workflow(
      Draft draft, String name, String version, String onFailure) {
    StepWriter writer = new StepWriter(draft);
    List<Written> steps = writer.steps(Place.TOP, 5);
    Map<String, Object> workflow =
        StepWriter.members(
            "kind",
            "Workflow",
            "name",
            name,
            "version",
            version,
            "on",
            List.of(
                StepWriter.members(
                    "source",
                    SupportingDefinitions.SOURCE,
                    "type",
                    SupportingDefinitions.EVENT_TYPE)),
            "steps",
            StepWriter.yaml(steps));
    if (draft.oneIn(4)) {
      writer.catches().on(workflow, Place.TOP);
    }
    if (draft.oneIn(4)) {
      workflow.put("finally", StepWriter.yaml(writer.steps(Place.TOP.inFinally(), 2)));
    }
    boolean undoes = compensates(workflow);
    String answer = onFailure.equals("compensate") && !undoes ? "fail" : onFailure;
    boolean isDefault = answer.equals(undoes ? "compensate" : "suspend");
    if (!isDefault || draft.coin()) {
      workflow.put("onFailure", answer);
    }
    if (undoes && draft.coin()) {
      workflow.put("compensation", draft.oneOf("parallel", "parallel", "reverse"));
    }
    if (draft.oneIn(5)) {
      workflow.put(
          "deadline", draft.races() && draft.coin() ? draft.oneOf("2s", "5m", "1h") : "365d");
    }
    output(workflow, steps, writer, draft);
    return workflow;
  }

  private static void output(
      Map<String, Object> workflow, List<Written> steps, StepWriter writer, Draft draft) {
    Place end = Place.TOP;
    for (Written step : steps) {
      end = end.behind(new Done(step.done().id(), step.done().shape()));
    }
    switch (draft.below(8)) {
      case 0 -> {} // null
      case 1 -> workflow.put("output", Readings.NOWHERE);
      default ->
          workflow.put(
              "output",
              StepWriter.members(
                  "last",
                  "{{ " + steps.getLast().done().output() + " }}",
                  "more",
                  writer.readings().simple(end)));
    }
  }

  private static boolean compensates(Object part) {
    return switch (part) {
      case Map<?, ?> object ->
          object.containsKey("compensate")
              || object.values().stream().anyMatch(WorkflowGenerator::compensates);
      case List<?> list -> list.stream().anyMatch(WorkflowGenerator::compensates);
      case null, default -> false;
    };
  }

  /** Empty if it is more than the language allows. */
  private static Optional<Workflow> read(String yaml) {
    Reading reading =
        DefinitionReader.read("generated.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    if (reading.isValid()) {
      return Optional.of((Workflow) reading.definitions().getFirst().definition());
    }
    if (reading.problems().stream().map(Problem::toString).allMatch(WorkflowGenerator::isTooMuch)) {
      return Optional.empty();
    }
    throw new IllegalStateException(reading.problems() + "\n" + yaml);
  }

  private static boolean isTooMuch(String problem) {
    return TOO_MUCH.stream().anyMatch(problem::contains);
  }
}
