package io.penstock.schema.language;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Action.Losers;
import io.penstock.schema.definition.Action.ParallelBranch;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the branches of a parallel, and what it waits for. */
final class ParallelReader {
  private static final int MIN_BRANCHES = 2;
  private static final int MAX_BRANCHES = 20;
  private static final String JOIN = "join";
  private static final String LOSERS = "losers";

  private final Problems problems;
  private final Values values;
  private final StepReader steps;

  /**
   * @param steps for those around the parallel
   */
  ParallelReader(Problems problems, StepReader steps) {
    this.problems = problems;
    this.values = new Values(problems);
    this.steps = steps;
  }

  Action.Parallel read(Node node) {
    Fields fields = Fields.of(node, "parallel", problems);
    List<ParallelBranch> branches =
        fields
            .require("branches", "[{name: …, steps: […]}, …]")
            .map(this::branches)
            .orElse(List.of());
    int needed =
        fields.find(JOIN).flatMap(join -> needed(join, branches.size())).orElse(branches.size());
    Losers losers = fields.find(LOSERS).flatMap(this::losers).orElse(Losers.CANCEL);
    if (fields.has(LOSERS) && needed == branches.size()) {
      problems.add(
          fields.spot(LOSERS), "all branches are waited for, so nobody loses; leave 'losers' out");
    }
    if (losers == Losers.FINISH && steps.around().repeated()) {
      problems.add(
          fields.spot(LOSERS),
          "inside a foreach the losers of every round would pile up; write losers: cancel");
    }
    if (losers == Losers.FINISH && steps.around().handling()) {
      problems.add(
          fields.spot(LOSERS),
          "what handles a failure is over with its last step, and losers would outlive it; write"
              + " losers: cancel");
    }
    fields.done();
    return new Action.Parallel(branches, needed, losers);
  }

  private List<ParallelBranch> branches(Node node) {
    List<Node> written = values.list(node, "branches");
    if (written.size() == 1) {
      problems.add(
          node.spot(), "one branch is done by itself; write its steps without 'parallel', or more");
    }
    if (written.size() > MAX_BRANCHES) {
      problems.add(
          node.spot(),
          "%d branches are more than %d; use foreach for what is alike"
              .formatted(written.size(), MAX_BRANCHES));
    }
    StepReader inside = steps.inside(steps.around().inBranch());
    List<ParallelBranch> branches = new ArrayList<>();
    Set<String> names = new HashSet<>();
    written.forEach(branch -> branches.add(branch(branch, inside, names)));
    return branches;
  }

  private ParallelBranch branch(Node node, StepReader inside, Set<String> names) {
    Fields fields = Fields.of(node, "a branch", problems);
    String name = fields.require("name", "company").flatMap(values::name).orElse("");
    if (Workflow.isCatchSlot(name) || Workflow.isCompensationSlot(name)) {
      problems.add(
          fields.spot("name"),
          "'%s' is where a %s runs; write another name"
              .formatted(name, Workflow.isCatchSlot(name) ? "catch" : "compensation"));
    }
    if (!name.isEmpty() && !names.add(name)) {
      problems.add(
          fields.spot("name"), "there is already a branch '" + name + "' in this parallel");
    }
    List<Step> does = fields.require("steps", "[…]").map(inside::steps).orElse(List.of());
    fields.done();
    return new ParallelBranch(name, does);
  }

  private Optional<Integer> needed(Node node, int branches) {
    Object written = node instanceof Node.Scalar scalar ? scalar.value() : null;
    if ("all".equals(written)) {
      return Optional.of(branches);
    }
    if ("any".equals(written)) {
      return Optional.of(1);
    }
    if (written instanceof Long number && number >= 1 && number <= branches) {
      return Optional.of(number.intValue());
    }
    problems.add(
        node.spot(),
        "write all, any, or how many branches must end well, 1 to %d"
            .formatted(Math.max(branches, MIN_BRANCHES)));
    return Optional.empty();
  }

  private Optional<Losers> losers(Node node) {
    return values.choice(
        node, List.of(Losers.values()), choice -> choice.name().toLowerCase(Locale.ROOT));
  }
}
