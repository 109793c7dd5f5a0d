package io.penstock.orchestrator.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pieces of an execution in one record, as long as they are few and small: each transition then
 * writes one record where it would write three or four, and the end deletes one.
 *
 * <p>A piece that is large by itself (the event, a long answer) is written once and hardly ever
 * changes; it has a record of its own, and the pack only knows of it. Immutable.
 */
final class Pack {
  static final Pack EMPTY = new Pack(new TreeMap<>());

  /** Written with each transition, so it bounds what a step costs. */
  static final int MOST_BYTES = 2048;

  /** Of a piece; a larger one has its own record. */
  static final int MOST_BYTES_INSIDE = 512;

  /** Counted from 64 on: the first byte tells a pack from a control, whose forms begin at 1. */
  private static final int FORM = 64;

  private static final char INSIDE = 'i';
  private static final char OUTSIDE = 'o';

  /** By name; without a value: it has its own record. */
  private final NavigableMap<String, Optional<byte[]>> pieces;

  private Pack(NavigableMap<String, Optional<byte[]>> pieces) {
    this.pieces = pieces;
  }

  /** Whether it is one, and not a control by itself. */
  static boolean isOne(byte[] record) {
    return record[0] >= FORM;
  }

  static Pack read(byte[] record) {
    BinaryReader in = new BinaryReader(record, FORM, FORM);
    NavigableMap<String, Optional<byte[]>> pieces = new TreeMap<>();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      pieces.put(
          name,
          switch (in.tag()) {
            case INSIDE -> Optional.of(in.bytes());
            case OUTSIDE -> Optional.empty();
            default -> throw in.unknown();
          });
    }
    return new Pack(pieces);
  }

  /** Always the same for the same pieces. */
  byte[] record() {
    BinaryWriter out = new BinaryWriter(FORM);
    out.number(pieces.size());
    pieces.forEach(
        (name, piece) -> {
          out.text(name);
          out.tag(piece.isPresent() ? INSIDE : OUTSIDE);
          piece.ifPresent(out::bytes);
        });
    return out.bytes();
  }

  /** With these instead of what they were; without a value: gone. */
  Pack with(Map<String, Optional<byte[]>> changed) {
    NavigableMap<String, Optional<byte[]>> next = new TreeMap<>(pieces);
    changed.forEach(
        (name, piece) -> {
          if (piece.isPresent()) {
            next.put(name, piece.filter(bytes -> goesInside(name, bytes)));
          } else {
            next.remove(name);
          }
        });
    return new Pack(next);
  }

  /** The control always does: where it would have its own record, the pack stands. */
  private static boolean goesInside(String name, byte[] piece) {
    return piece.length <= MOST_BYTES_INSIDE || name.equals(PieceName.CONTROL);
  }

  Optional<byte[]> inside(String name) {
    return pieces.getOrDefault(name, Optional.empty());
  }

  boolean isOutside(String name) {
    Optional<byte[]> piece = pieces.get(name);
    return piece != null && piece.isEmpty();
  }

  /** The names of those that have their own records, in order. */
  List<String> outside() {
    return pieces.keySet().stream().filter(this::isOutside).toList();
  }

  /** All that stand in it, by name. */
  Map<String, byte[]> inside() {
    Map<String, byte[]> inside = new TreeMap<>();
    pieces.forEach((name, piece) -> piece.ifPresent(bytes -> inside.put(name, bytes)));
    return inside;
  }

  /** The names between two, both included, in order. */
  Collection<String> names(String first, String last) {
    return new ArrayList<>(pieces.subMap(first, true, last, true).keySet());
  }
}
