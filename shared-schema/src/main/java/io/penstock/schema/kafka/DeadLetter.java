package io.penstock.schema.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.Topic;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What goes to a {@code dlq.*} topic: key, value and headers of the original byte for byte, plus
 * why, in SmallRye's header names (tools know them) and CloudEvents extensions of ours.
 */
public final class DeadLetter {
  /**
   * Size limit of the dead-letter topics, and so of the producers that write them: the largest
   * record that a broker takes by default, with as much again for the reason. If a letter could be
   * too large to be sent, the record it is about would stop its partition.
   */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  public static final String REASON = "dead-letter-reason";
  public static final String CAUSE = "dead-letter-cause";
  public static final String TOPIC = "dead-letter-topic";
  public static final String PARTITION = "dead-letter-partition";
  public static final String OFFSET = "dead-letter-offset";
  public static final String EXECUTION_ID = "ce_executionid";
  public static final String STEP_PATH = "ce_steppath";
  public static final String ATTEMPT = "ce_attempt";
  public static final String WORKFLOW = "ce_workflow";
  public static final String WORKFLOW_VERSION = "ce_workflowversion";
  public static final String ERROR_TYPE = "ce_errortype";

  /** {@link #REASON} of a record that is none of our messages. */
  public static final String UNREADABLE = "unreadable";

  /** {@link #REASON} of a record on which a bug of ours was met. */
  public static final String INTERNAL = "internal";

  private DeadLetter() {}

  /**
   * Headers for a record that could not be processed at its place in a topic.
   *
   * @param reason {@link #UNREADABLE}, {@link #INTERNAL}, or the error type of a dead step
   * @param cause what went wrong, for people; no payload
   */
  public static Headers headers(
      Headers original, String topic, int partition, long offset, String reason, String cause) {
    RecordHeaders headers = new RecordHeaders(original);
    add(headers, REASON, reason);
    add(headers, CAUSE, cause);
    add(headers, TOPIC, topic);
    add(headers, PARTITION, Integer.toString(partition));
    add(headers, OFFSET, Long.toString(offset));
    return headers;
  }

  /** A record as it was read, on its way to the dead letters of its topic. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> original, String reason, String cause) {
    return new ProducerRecord<>(
        Topic.DEAD_LETTER_PREFIX + original.topic(),
        null,
        null,
        original.key(),
        original.value(),
        headers(
            original.headers(),
            original.topic(),
            original.partition(),
            original.offset(),
            reason,
            cause));
  }

  /** Adds what is known of the step whose attempts are used up. */
  public static Headers aboutStep(
      Headers headers, CommandId command, String workflow, String version, ErrorType errorType) {
    add(headers, EXECUTION_ID, command.execution().value());
    add(headers, STEP_PATH, command.path().value());
    add(headers, ATTEMPT, Integer.toString(command.attempt()));
    add(headers, WORKFLOW, workflow);
    add(headers, WORKFLOW_VERSION, version);
    add(headers, ERROR_TYPE, errorType.uri());
    return headers;
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
