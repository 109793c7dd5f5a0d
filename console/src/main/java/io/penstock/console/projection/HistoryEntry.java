package io.penstock.console.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.HistoryRecord;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the history topic that can be projected.
 *
 * @param text its value as it stands on the topic
 * @param origin where it came from
 */
record HistoryEntry(HistoryRecord record, String text, ConsumerRecord<byte[], byte[]> origin) {

  /**
   * @throws UnreadableRecordException if it is no history record, or one without what every history
   *     record has
   */
  static HistoryEntry read(ConsumerRecord<byte[], byte[]> origin) throws UnreadableRecordException {
    HistoryRecord record = MessageCodec.decodeHistory(origin.headers(), origin.value());
    require(record.execution(), "execution");
    require(record.workflow(), "workflow");
    require(record.at(), "at");
    require(record.facts(), "facts");
    if (record.facts().stream().anyMatch(Objects::isNull)) {
      throw new UnreadableRecordException("history record with a fact that is null");
    }
    if (!StorableText.isStorable(record.execution().value())) {
      throw new UnreadableRecordException("history record whose execution id is no plain text");
    }
    return new HistoryEntry(record, new String(origin.value(), UTF_8), origin);
  }

  private static void require(Object member, String name) throws UnreadableRecordException {
    if (member == null) {
      throw new UnreadableRecordException("history record without member '" + name + "'");
    }
  }
}
