package io.penstock.benchmark.load;

import java.util.SplittableRandom;

/**
 * Which lead each send is about. Ids are {@code PREFIX-number}; a share of the sends repeats an
 * earlier one word for word, as a sender does that got no answer.
 */
final class Leads {
  private static final long SEED = 20_261_122;

  private final String prefix;
  private final String template;
  private final double duplicates;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private long next;

  /**
   * @param template {@code {id}} and {@code {n}} in it are replaced
   * @param duplicates share of sends that repeat an earlier one, 0 to below 1
   */
  Leads(String prefix, String template, double duplicates) {
    if (!(duplicates >= 0 && duplicates < 1)) {
      throw new IllegalArgumentException(
          "duplicates is %s; it is a share, from 0 to below 1".formatted(duplicates));
    }
    this.prefix = prefix;
    this.template = template;
    this.duplicates = duplicates;
  }

  /**
   * @param repeated whether the lead was sent before
   */
  record Lead(String id, String body, boolean repeated) {}

  synchronized Lead next() {
    boolean repeat = next > 0 && duplicates > 0 && random.nextDouble() < duplicates;
    long n = repeat ? random.nextLong(next) : next++;
    String id = prefix + "-" + n;
    String body = template.replace("{id}", id).replace("{n}", Long.toString(n));
    return new Lead(id, body, repeat);
  }
}
