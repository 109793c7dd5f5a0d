package io.penstock.benchmark.profile;

import io.penstock.benchmark.testbed.TextTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Samples added up by who they were taken for, what was being done, and where. */
final class SampledStacks {
  /** For the name of a virtual thread: they are many, and most have none. */
  static final String VIRTUAL = "virtual";

  private static final double PERCENT = 100;

  private final Map<String, Long> byOwner = new HashMap<>();
  private final Map<String, Long> byTopic = new HashMap<>();
  private final Map<String, Long> byTop = new HashMap<>();
  private final Map<String, Long> byOurs = new HashMap<>();
  private long total;

  /**
   * @param frames class and method, innermost first
   */
  void add(String thread, List<String> frames, long weight) {
    total += weight;
    byOwner.merge(Owner.of(thread, frames), weight, Long::sum);
    Topics.of(frames).forEach(topic -> byTopic.merge(topic, weight, Long::sum));
    if (!frames.isEmpty()) {
      byTop.merge(frames.getFirst(), weight, Long::sum);
    }
    Set<String> ours = new HashSet<>();
    frames.stream().filter(frame -> frame.startsWith(Owner.OURS)).forEach(ours::add);
    ours.forEach(frame -> byOurs.merge(frame, weight, Long::sum));
  }

  boolean isEmpty() {
    return total == 0;
  }

  /**
   * @param top so many methods in each list
   */
  String table(String what, int top) {
    return String.join(
        "\n",
        table(what + ": by component", byOwner, Integer.MAX_VALUE),
        table(what + ": by what is being done (a sample may count for several)", byTopic, top),
        table(what + ": innermost method", byTop, top),
        table(what + ": inside of our method, callees included", byOurs, top));
  }

  private String table(String head, Map<String, Long> weights, int limit) {
    TextTable table = new TextTable(head, "%");
    weights.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(limit)
        .forEach(
            row ->
                table.row(
                    row.getKey(),
                    String.format(Locale.ROOT, "%.1f", PERCENT * row.getValue() / total)));
    return table.toString();
  }
}
