package io.penstock.benchmark.workload;

import java.util.List;
import java.util.SplittableRandom;

/** The lead with notes of so many KiB, which nothing can compress much. */
final class Payload implements Workload {
  private static final long SEED = 20_261_123;
  private static final int BYTES_PER_KIB = 1_024;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** Of notes that are under way together, for larger ones fewer at a time. */
  private static final int KIB_UNDER_WAY = 2_048;

  private final int kib;

  Payload(int kib) {
    this.kib = kib;
  }

  @Override
  public String name() {
    return "payload-" + kib + "k";
  }

  @Override
  public List<String> definitions() {
    return List.of("/workloads/payload.yaml");
  }

  @Override
  public String body() {
    SplittableRandom random = new SplittableRandom(SEED);
    StringBuilder notes = new StringBuilder();
    while (notes.length() < kib * BYTES_PER_KIB) {
      notes.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return "{\"id\":\"{id}\",\"message\":\"Please call me\",\"notes\":\"" + notes + "\"}";
  }

  @Override
  public int window() {
    return Math.clamp(KIB_UNDER_WAY / kib, 1, Workload.super.window());
  }
}
