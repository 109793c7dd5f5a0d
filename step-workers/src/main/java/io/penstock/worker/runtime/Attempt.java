package io.penstock.worker.runtime;

import io.penstock.schema.definition.Action;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.message.CommandId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a handler gets: a command with the action that its workflow defines.
 *
 * @param timeout of the step; empty: that of the Api, Channel or Model
 * @param context what expressions see: {@code input}, {@code steps}
 * @param ticket from an earlier deferral of this attempt
 * @param definitions for the Api, Channel, Prompt or Model that the action names
 */
public record Attempt(
    CommandId id,
    Action.Work action,
    Optional<Duration> timeout,
    Json context,
    Optional<String> ticket,
    DefinitionIndex definitions) {

  /** The context in the form that expressions and templates take. */
  public Map<String, Object> variables() {
    Map<String, Object> variables = new LinkedHashMap<>();
    if (context.value() instanceof Map<?, ?> members) {
      members.forEach((name, value) -> variables.put((String) name, value));
    }
    return variables;
  }
}
