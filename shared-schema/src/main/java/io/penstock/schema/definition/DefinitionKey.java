package io.penstock.schema.definition;

import java.util.Optional;

/**
 * Identity of a definition. What has a version ({@code Workflow}, {@code Prompt}, {@code Alert}) is
 * immutable under it; of what has none the latest counts.
 *
 * @param kind as written in YAML: {@code Workflow}, {@code Source}, …
 */
public record DefinitionKey(String kind, String name, Optional<String> version) {
  /** Record key on the definitions topic: {@code Workflow/lead-qualification/1.0.0}. */
  public String recordKey() {
    return kind + "/" + name + version.map(v -> "/" + v).orElse("");
  }

  @Override
  public String toString() {
    return kind + " " + name + version.map(v -> "@" + v).orElse("");
  }
}
