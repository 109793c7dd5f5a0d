package io.penstock.standalone.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it goes to a collector (OTLP, protobuf).
 *
 * @param raw all of it, to be searched
 */
record ExportedSpan(String trace, String id, String parent, String name, String raw) {
  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_ID = 4;
  private static final int NAME = 5;

  /**
   * @param request an {@code ExportTraceServiceRequest}
   */
  static List<ExportedSpan> read(byte[] request) {
    List<ExportedSpan> spans = new ArrayList<>();
    for (byte[] resource : members(request, RESOURCE_SPANS)) {
      for (byte[] scope : members(resource, SCOPE_SPANS)) {
        for (byte[] span : members(scope, SPANS)) {
          spans.add(
              new ExportedSpan(
                  hex(span, TRACE_ID),
                  hex(span, SPAN_ID),
                  hex(span, PARENT_ID),
                  new String(members(span, NAME).getFirst(), UTF_8),
                  new String(span, UTF_8)));
        }
      }
    }
    return spans;
  }

  private static String hex(byte[] span, int field) {
    List<byte[]> members = members(span, field);
    return members.isEmpty() ? "" : HexFormat.of().formatHex(members.getFirst());
  }

  /** Those members of a message that are bytes, texts or messages, of one number. */
  private static List<byte[]> members(byte[] message, int number) {
    Map<Integer, List<byte[]>> found = new TreeMap<>();
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      int tag = (int) varint(in);
      switch (tag & 7) {
        case 0 -> varint(in);
        case 1 -> in.position(in.position() + Long.BYTES);
        case 2 -> {
          byte[] member = new byte[(int) varint(in)];
          in.get(member);
          found.computeIfAbsent(tag >>> 3, any -> new ArrayList<>()).add(member);
        }
        case 5 -> in.position(in.position() + Integer.BYTES);
        default -> throw new IllegalArgumentException("no protobuf");
      }
    }
    return found.getOrDefault(number, List.of());
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = in.get();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return value;
      }
    }
  }
}
