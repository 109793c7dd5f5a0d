package io.penstock.ingest.definition;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.definition.DefinitionKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bodies of answers about definitions:
 *
 * <pre>{@code
 * {"definitions":[{"kind":"Workflow","name":"lead","version":"1.0.0","result":"created"}],
 *  "waitingFor":[]}
 * }</pre>
 */
final class DefinitionAnswer {
  private DefinitionAnswer() {}

  static Map<String, Object> of(DefinitionApply.Applied applied) {
    List<Map<String, Object>> definitions = new ArrayList<>();
    applied
        .results()
        .forEach(
            (key, result) -> {
              Map<String, Object> line = identity(key);
              line.put("result", result.name().toLowerCase(Locale.ROOT));
              definitions.add(line);
            });
    return Map.of("definitions", definitions, "waitingFor", applied.lagging());
  }

  /** By kind, name and version. */
  static Map<String, Object> of(Collection<Definition> all) {
    return Map.of(
        "definitions",
        all.stream()
            .map(Definition::key)
            .sorted(Comparator.comparing(DefinitionKey::recordKey))
            .map(DefinitionAnswer::identity)
            .toList());
  }

  private static Map<String, Object> identity(DefinitionKey key) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("kind", key.kind());
    identity.put("name", key.name());
    key.version().ifPresent(version -> identity.put("version", version));
    return identity;
  }
}
