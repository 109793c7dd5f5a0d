package io.penstock.ingest.control;

import io.penstock.ingest.problem.RejectedException;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records on their way back to the topic in which nobody could read them. */
final class RecordReader {
  private static final int MAX_RECORDS = 500;
  private static final int MAX_RECORD_BYTES = 1 << 20;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_NAME = 200;

  /** What a dead letter has besides the headers of the original. */
  private static final String OF_THE_LETTER = "dead-letter-";

  private static final Set<String> MEMBERS =
      Set.of("id", "topic", "partition", "key", "value", "headers");

  /** Where dead letters come from. */
  private static final Set<Topic> TOPICS =
      EnumSet.complementOf(EnumSet.of(Topic.HISTORY, Topic.DEFINITIONS));

  private RecordReader() {}

  /**
   * @throws RejectedException ({@code invalid-control}) naming the first item that is wrong
   */
  static List<ProducerRecord<byte[], byte[]>> read(Json body) throws RejectedException {
    return Items.of(body, "records", MAX_RECORDS, RecordReader::record);
  }

  private static ProducerRecord<byte[], byte[]> record(Item item) throws ItemException {
    item.allow(MEMBERS);
    String unused = item.id(); // only named in a problem
    byte[] key = bytes(item, "key");
    byte[] value = bytes(item, "value");
    List<Header> headers = headers(item.value("headers"));
    long size = size(key) + size(value);
    for (Header header : headers) {
      size += header.key().length() + size(header.value());
    }
    if (size > MAX_RECORD_BYTES) {
      throw new ItemException(
          "", "has %d bytes, the limit is %d".formatted(size, MAX_RECORD_BYTES));
    }
    return new ProducerRecord<>(
        topic(item.text("topic", 1, MAX_NAME)), partition(item), null, key, value, headers);
  }

  private static long size(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static String topic(String name) throws ItemException {
    return TOPICS.stream()
        .map(Topic::topicName)
        .filter(name::equals)
        .findFirst()
        .orElseThrow(
            () ->
                new ItemException(
                    "topic",
                    "is none of "
                        + TOPICS.stream().map(Topic::topicName).collect(Collectors.joining(", "))));
  }

  private static int partition(Item item) throws ItemException {
    if (!(item.value("partition") instanceof Long number)
        || number < 0
        || number > Integer.MAX_VALUE) {
      throw new ItemException("partition", "is the number of the partition in which it stood");
    }
    return number.intValue();
  }

  private static byte[] bytes(Item item, String name) throws ItemException {
    return item.has(name) ? decoded(item.value(name), name) : null;
  }

  private static byte[] decoded(Object base64, String name) throws ItemException {
    if (base64 instanceof String text) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        // told below
      }
    }
    throw new ItemException(name, "is base64, or null");
  }

  private static List<Header> headers(Object given) throws ItemException {
    if (given == null) {
      return List.of();
    }
    if (!(given instanceof List<?> list) || list.size() > MAX_HEADERS) {
      throw new ItemException("headers", "is a list of at most %d".formatted(MAX_HEADERS));
    }
    List<Header> headers = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof List<?> pair)
          || pair.size() != 2
          || !(pair.getFirst() instanceof String name)
          || name.length() > MAX_NAME) {
        throw new ItemException("headers", "has entries of the form [\"name\",\"base64\"]");
      }
      if (!name.toLowerCase(Locale.ROOT).startsWith(OF_THE_LETTER)) {
        Object value = pair.getLast();
        headers.add(new RecordHeader(name, value == null ? null : decoded(value, "headers")));
      }
    }
    return headers;
  }
}
