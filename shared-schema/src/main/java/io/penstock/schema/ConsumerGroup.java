package io.penstock.schema;

import io.penstock.schema.message.StepKind;

/** Every group name of Penstock, once. */
public final class ConsumerGroup {
  /** Also the Kafka Streams application id, and so the prefix of its internal topics. */
  public static final String ORCHESTRATOR = "penstock-orchestrator";

  public static final String CONSOLE_PROJECTION = "penstock-console-projection";

  /** Of the console too, for the {@code dlq.*} topics. */
  public static final String CONSOLE_DEAD_LETTERS = "penstock-console-dead-letters";

  /** Prefix of the groups of those who keep the definitions in memory: one group each. */
  public static final String DEFINITION_READERS = "penstock-definitions-";

  private ConsumerGroup() {}

  /** The share group of all workers of a kind. */
  public static String workers(StepKind kind) {
    return "penstock-workers-" + kind.id();
  }

  public static String definitionReader(String reader) {
    return DEFINITION_READERS + reader;
  }
}
