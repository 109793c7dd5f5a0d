package io.penstock.schema.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The W3C trace context of a record: header {@code traceparent}, e.g. {@code
 * 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}. Absent unless tracing is on; whoever
 * writes a record because of another passes it on as it came.
 */
public final class TraceParent {
  public static final String HEADER = "traceparent";

  private static final int LENGTH = 55;
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  private final byte[] bytes;

  /**
   * @param bytes as they stood in the header of a record; nobody changes the array
   */
  public TraceParent(byte[] bytes) {
    this.bytes = bytes;
  }

  public static TraceParent of(String text) {
    return new TraceParent(text.getBytes(US_ASCII));
  }

  /** Empty also where the header is none of version 00: it is kept and copied, so it is checked. */
  public static Optional<TraceParent> of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    return header == null || !isWellFormed(header.value())
        ? Optional.empty()
        : Optional.of(new TraceParent(header.value()));
  }

  private static boolean isWellFormed(byte[] value) {
    if (value == null || value.length != LENGTH || value[0] != '0' || value[1] != '0') {
      return false;
    }
    for (int at = TRACE_ID - 1; at < LENGTH; at++) {
      boolean dash = at == TRACE_ID - 1 || at == SPAN_ID - 1 || at == FLAGS - 1;
      boolean right =
          dash
              ? value[at] == '-'
              : (value[at] >= '0' && value[at] <= '9') || (value[at] >= 'a' && value[at] <= 'f');
      if (!right) {
        return false;
      }
    }
    return true;
  }

  /** As they stand in a header; nobody changes the array. */
  public byte[] bytes() {
    return bytes;
  }

  /** A copy of the headers with this one. */
  public Headers addedTo(Headers headers) {
    return new RecordHeaders(headers).add(HEADER, bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, US_ASCII);
  }
}
