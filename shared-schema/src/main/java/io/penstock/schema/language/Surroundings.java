package io.penstock.schema.language;

import io.penstock.schema.expression.Variables;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a list of steps stands: what is around it.
 *
 * @param variables that their expressions can read
 * @param depth how many of the steps around it are a parallel or a foreach
 * @param repeated whether one of them is a foreach
 */
record Surroundings(List<String> variables, int depth, boolean repeated) {
  static final Surroundings TOP = new Surroundings(Expressions.OF_STEP, 0, false);

  Surroundings {
    variables = List.copyOf(variables);
  }

  /** Of the steps in a branch of a parallel. */
  Surroundings inBranch() {
    return new Surroundings(variables, depth + 1, repeated);
  }

  /** Of the steps of a foreach; the item of an outer one of the same name is hidden. */
  Surroundings inRound(String item) {
    List<String> ofRound = List.of(item, Variables.INDEX);
    List<String> more = new ArrayList<>(variables);
    more.removeAll(ofRound);
    more.addAll(ofRound);
    return new Surroundings(more, depth + 1, true);
  }

  /** What can be read in the catch of a step. */
  List<String> ofCatch() {
    List<String> more = new ArrayList<>(variables);
    more.add(Variables.ERROR);
    return more;
  }
}
