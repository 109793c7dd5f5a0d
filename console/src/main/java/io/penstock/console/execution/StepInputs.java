package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command carried, put together again from the references that it names: outputs never
 * change once they are there, so what is read now is what was sent then.
 */
final class StepInputs {
  private static final Pattern MEMBER = Pattern.compile("\\.?([A-Za-z_]\\w*)|\\[\"([^\"]*)\"]");

  private final Json context;

  /**
   * @param input of the execution
   * @param outputs by step id
   */
  StepInputs(Optional<Json> input, Map<String, Json> outputs) {
    Map<String, Object> steps = new LinkedHashMap<>();
    outputs.forEach((id, output) -> steps.put(id, Map.of("output", output)));
    Map<String, Object> whole = new LinkedHashMap<>();
    input.ifPresent(value -> whole.put("input", value));
    whole.put("steps", steps);
    this.context = Json.of(whole);
  }

  /** In the shape in which expressions see it; absent when the step reads nothing. */
  Optional<Json> of(List<String> reads) {
    return reads.isEmpty()
        ? Optional.empty()
        : Optional.of(context.slice(reads.stream().map(StepInputs::path).toList()));
  }

  /** {@code steps["tell-sales"].output} as {@code [steps, tell-sales, output]}. */
  static List<String> path(String reference) {
    List<String> names = new ArrayList<>();
    Matcher member = MEMBER.matcher(reference);
    while (member.lookingAt()) {
      names.add(member.group(1) == null ? member.group(2) : member.group(1));
      member.region(member.end(), reference.length());
    }
    return names;
  }
}
