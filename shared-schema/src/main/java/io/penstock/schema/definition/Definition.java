package io.penstock.schema.definition;

/**
 * Something that users declare in YAML and that services read from {@code penstock.definitions}.
 * {@code docs/workflow-language.md} has an example of each kind.
 */
public sealed interface Definition permits Workflow, Source, Api, Channel, Prompt, Model, Alert {
  /** Unique within its kind (for versioned kinds: together with the version). */
  String name();

  /** Key on the topic and in every index. */
  DefinitionKey key();
}
