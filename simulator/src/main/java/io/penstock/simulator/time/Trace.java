package io.penstock.simulator.time;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happened, in order: a hash of all of it, and its end to read. */
public final class Trace {
  private static final int KEPT = 400;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final VirtualTime time;
  private final Consumer<String> reader;
  private final Deque<String> end = new ArrayDeque<>();
  private long hash = FNV_OFFSET;
  private long steps;

  /**
   * @param reader is told each line as it happens
   */
  public Trace(VirtualTime time, Consumer<String> reader) {
    this.time = time;
    this.reader = reader;
  }

  public void note(String what) {
    String line = time.now() + " " + what;
    for (int i = 0; i < line.length(); i++) {
      hash = (hash ^ line.charAt(i)) * FNV_PRIME;
    }
    steps++;
    if (end.size() == KEPT) {
      end.removeFirst();
    }
    end.addLast(line);
    reader.accept(line);
  }

  /** Content that has no room in a line counts too. */
  public void mix(byte[] content) {
    for (byte b : content) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
  }

  public long steps() {
    return steps;
  }

  /** FNV-1a, 64 bits, in hexadecimal. */
  public String hash() {
    return String.format("%016x", hash);
  }

  public List<String> end() {
    return List.copyOf(end);
  }
}
