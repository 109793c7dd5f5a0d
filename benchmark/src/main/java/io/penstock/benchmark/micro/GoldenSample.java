package io.penstock.benchmark.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepRequested;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A message of the contract as it goes over the wire. */
final class GoldenSample {
  private static final String SOURCE = "/penstock/benchmark";

  private final String name;
  private final Headers headers;
  private final byte[] value;

  private GoldenSample(String name, Headers headers, byte[] value) {
    this.name = name;
    this.headers = headers;
    this.value = value;
  }

  /**
   * @param name of its file in {@code messages/v1}
   */
  static GoldenSample read(String name) {
    String text = Resources.text("/messages/v1/" + name + ".txt");
    int endOfHeaders = text.indexOf("\n\n");
    int endOfKey = text.indexOf('\n', endOfHeaders + 2);
    RecordHeaders headers = new RecordHeaders();
    for (String line : text.substring(0, endOfHeaders).split("\n", -1)) {
      int colon = line.indexOf(": ");
      headers.add(line.substring(0, colon), line.substring(colon + 2).getBytes(UTF_8));
    }
    return new GoldenSample(name, headers, text.substring(endOfKey + 1).strip().getBytes(UTF_8));
  }

  byte[] value() {
    return value;
  }

  Object decode() throws UnreadableRecordException {
    if (name.startsWith("step-requested")) {
      return MessageCodec.decodeStepRequested(headers, value);
    }
    return name.startsWith("history")
        ? MessageCodec.decodeHistory(headers, value)
        : MessageCodec.decodeInput(headers, value);
  }

  static Encoded encode(Object message) {
    return switch (message) {
      case Input input -> MessageCodec.encode(input, SOURCE);
      case StepRequested command -> MessageCodec.encode(command);
      case HistoryRecord history -> MessageCodec.encode(history);
      default -> throw new IllegalArgumentException(message.getClass() + " is no message");
    };
  }
}
