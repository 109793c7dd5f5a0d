package io.penstock.schema;

import io.penstock.schema.message.StepKind;

/**
 * Every topic name of Penstock, once. {@code docs/messages.md} says what stands in each.
 *
 * <p>Inputs, steps and history have the same number of partitions, and a record about an execution
 * has the same partition number in all of them, so that one transition touches few partitions.
 */
public enum Topic {
  /** Everything the orchestrator decides on, in one order per partition. */
  INPUTS("penstock.inputs"),
  STEPS_ENRICH("penstock.steps.enrich"),
  STEPS_LLM("penstock.steps.llm"),
  STEPS_ROUTE("penstock.steps.route"),
  STEPS_NOTIFY("penstock.steps.notify"),
  /** One record per transition of an execution: what was decided. */
  HISTORY("penstock.history"),
  /** Compacted, one partition: definitions by kind, name and version. */
  DEFINITIONS("penstock.definitions");

  /** In front of the name of the topic whose dead letters they are. */
  public static final String DEAD_LETTER_PREFIX = "dlq.";

  private final String topicName;

  Topic(String topicName) {
    this.topicName = topicName;
  }

  public String topicName() {
    return topicName;
  }

  /** Where records of this topic go that nobody could process. */
  public String deadLetterTopicName() {
    return DEAD_LETTER_PREFIX + topicName;
  }

  /** The topic from which workers of this kind take their commands. */
  public static Topic stepsOf(StepKind kind) {
    return switch (kind) {
      case ENRICH -> STEPS_ENRICH;
      case LLM -> STEPS_LLM;
      case ROUTE -> STEPS_ROUTE;
      case NOTIFY -> STEPS_NOTIFY;
    };
  }
}
