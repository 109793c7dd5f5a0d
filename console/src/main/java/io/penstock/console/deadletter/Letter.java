package io.penstock.console.deadletter;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter as it was read from its topic.
 *
 * @param origin the record itself
 * @param id by its place: the same whenever it is read
 * @param topic of the original
 * @param source where the original stood; null unless the headers say so
 * @param cause the beginning of what they say, for people
 * @param step null for a record that nobody could read
 * @param group of letters with the same cause
 * @param headers as they are stored
 * @param whole false for one that could not be stored as it is
 */
record Letter(
    ConsumerRecord<byte[], byte[]> origin,
    String id,
    String topic,
    Instant at,
    String reason,
    String cause,
    Source source,
    DeadStep step,
    Group group,
    String headers,
    boolean whole) {
  static final String STEP = "step";
  static final String RECORD = "record";
  private static final String UNSTORABLE = "unstorable";

  /**
   * @param offset for a dead step: of the outcome in {@code penstock.inputs} that was the last
   *     straw
   */
  record Source(int partition, long offset) {}

  /**
   * A step that has used up its attempts.
   *
   * @param step its path without the numbers of branches and rounds
   * @param generation null if the command cannot be read; likewise the attempt
   */
  record DeadStep(
      String execution,
      String path,
      String workflow,
      String version,
      String step,
      String errorType,
      Integer generation,
      Integer attempt) {}

  /**
   * @param fingerprint names it
   * @param message what the letters say, without what differs
   */
  record Group(String fingerprint, String message) {}

  String kind() {
    return step == null ? RECORD : STEP;
  }

  /** Null if it has none, or none that is stored; likewise the value. */
  byte[] key() {
    return whole ? origin.key() : null;
  }

  byte[] value() {
    return whole ? origin.value() : null;
  }

  /** Bytes of key, value and headers. */
  int size() {
    int size = Math.max(0, origin.serializedKeySize()) + Math.max(0, origin.serializedValueSize());
    for (Header header : origin.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return size;
  }

  /** What can be stored in any case, of a letter that cannot. */
  Letter stripped(String why) {
    String text = "the console could not store this letter whole: " + why;
    return new Letter(
        origin,
        id,
        topic,
        at,
        UNSTORABLE,
        text,
        null,
        null,
        new Group(Fingerprint.of(RECORD, topic, UNSTORABLE, text), text),
        "[]",
        false);
  }
}
