package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.json.Json;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Reads what {@link BinaryWriter} wrote; anything else is a damaged store, an exception. */
final class BinaryReader {
  private final ByteBuffer in;
  private final int form;

  BinaryReader(byte[] bytes, int newestForm) {
    this(bytes, 1, newestForm);
  }

  BinaryReader(byte[] bytes, int oldestForm, int newestForm) {
    in = ByteBuffer.wrap(bytes);
    form = in.get();
    if (form < oldestForm || form > newestForm) {
      throw new IllegalStateException(
          "state in form %d; this version reads up to %d: it was written by a newer one"
              .formatted(form, newestForm));
    }
  }

  /** In which these bytes were written. */
  int form() {
    return form;
  }

  char tag() {
    return (char) in.get();
  }

  boolean flag() {
    return in.get() != 0;
  }

  int number() {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      int part = in.get();
      number |= (part & 0x7f) << shift;
      if (part >= 0) {
        return number;
      }
    }
  }

  String text() {
    return new String(bytes(), UTF_8);
  }

  Instant instant() {
    long seconds = in.getLong();
    return Instant.ofEpochSecond(seconds, number());
  }

  Json json() {
    return Json.trusted(bytes());
  }

  IllegalStateException unknown() {
    return new IllegalStateException("unknown tag in stored state at byte " + (in.position() - 1));
  }

  byte[] bytes() {
    byte[] bytes = new byte[number()];
    in.get(bytes);
    return bytes;
  }
}
