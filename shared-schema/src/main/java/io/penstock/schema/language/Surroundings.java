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
 * @param handling whether they do something about a failure, or stand in {@code finally}
 */
record Surroundings(List<String> variables, int depth, boolean repeated, boolean handling) {
  static final Surroundings TOP = new Surroundings(Expressions.OF_STEP, 0, false, false);

  Surroundings {
    variables = List.copyOf(variables);
  }

  /** Of the steps in a branch of a parallel. */
  Surroundings inBranch() {
    return new Surroundings(variables, depth + 1, repeated, handling);
  }

  /** Of the steps of a foreach; the item of an outer one of the same name is hidden. */
  Surroundings inRound(String item) {
    List<String> ofRound = List.of(item, Variables.INDEX);
    List<String> more = new ArrayList<>(variables);
    more.removeAll(ofRound);
    more.addAll(ofRound);
    return new Surroundings(more, depth + 1, true, handling);
  }

  /** Of the steps of a catch, or of {@code finally}. */
  Surroundings inHandler() {
    return new Surroundings(ofCatch(), depth, repeated, true);
  }

  /** What can be read in the catch of a step. */
  List<String> ofCatch() {
    List<String> more = new ArrayList<>(variables);
    more.remove(Variables.ERROR); // of a catch around, which is hidden
    more.add(Variables.ERROR);
    return more;
  }

  /** What can be read where a step is undone: when that happens, no failure is being handled. */
  List<String> ofCompensation() {
    return variables.stream().filter(name -> !name.equals(Variables.ERROR)).toList();
  }
}
