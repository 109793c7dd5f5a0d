package io.penstock.schema.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose outputs make up the output of a step with others inside. Outputs are named and not copied:
 * ten thousand of them together would fit into no record.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Gathered.Branches.class, name = "branches"),
  @JsonSubTypes.Type(value = Gathered.Rounds.class, name = "rounds")
})
public sealed interface Gathered {

  /**
   * Of a parallel: an object with one member for each branch that ended well in time.
   *
   * @param lastSteps by the branch's name, in the order of the definition; the member is that
   *     step's output
   */
  record Branches(Map<String, StepPath> lastSteps) implements Gathered {
    public Branches {
      // Not Map.copyOf: its order differs from process to process.
      lastSteps = Collections.unmodifiableMap(new LinkedHashMap<>(lastSteps));
    }
  }

  /**
   * Of a foreach: {@code {"items": […], "failed": n}}, with the output of step {@code lastStep} of
   * each round in the order of the rounds, and null for a round that has none.
   *
   * @param failed how many rounds have none
   */
  record Rounds(int rounds, int failed, String lastStep) implements Gathered {}
}
