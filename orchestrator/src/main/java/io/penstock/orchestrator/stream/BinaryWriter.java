package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.json.Json;
import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** Writes the parts of a piece of state one behind the other. */
final class BinaryWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  BinaryWriter(int form) {
    out.write(form);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  void tag(char tag) {
    out.write(tag);
  }

  void flag(boolean flag) {
    out.write(flag ? 1 : 0);
  }

  /** Not negative; seven bits a byte, low ones first. */
  void number(int number) {
    int rest = number;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  void text(String text) {
    bytes(text.getBytes(UTF_8));
  }

  /** To the nanosecond, like the clock it came from; far ends included. */
  void instant(Instant instant) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      out.write((int) (instant.getEpochSecond() >>> shift));
    }
    number(instant.getNano());
  }

  void json(Json json) {
    bytes(json.utf8());
  }

  void bytes(byte[] bytes) {
    number(bytes.length);
    out.writeBytes(bytes);
  }
}
