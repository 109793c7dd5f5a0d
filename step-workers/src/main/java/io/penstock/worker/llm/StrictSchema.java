package io.penstock.worker.llm;

import java.util.List;
import java.util.Map;

/**
 * Whether a provider may be asked to enforce a schema strictly. OpenAI refuses a strict schema in
 * which an object leaves members open or optional; such a schema is sent as guidance only. The
 * answer is checked here in either case.
 */
final class StrictSchema {
  private StrictSchema() {}

  static boolean fits(Object schema) {
    return switch (schema) {
      case Map<?, ?> map -> closed(map) && map.values().stream().allMatch(StrictSchema::fits);
      case List<?> list -> list.stream().allMatch(StrictSchema::fits);
      case null, default -> true;
    };
  }

  private static boolean closed(Map<?, ?> schema) {
    if (!"object".equals(schema.get("type"))) {
      return true;
    }
    return Boolean.FALSE.equals(schema.get("additionalProperties"))
        && schema.get("properties") instanceof Map<?, ?> properties
        && schema.get("required") instanceof List<?> required
        && required.containsAll(properties.keySet());
  }
}
