package io.penstock.benchmark.compare;

import io.penstock.benchmark.testbed.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All samples of all peers, and their medians beside each other. */
final class Comparison {
  private final Map<String, Map<Figure, List<Double>>> byPeer = new LinkedHashMap<>();
  private final Map<String, Integer> disturbed = new LinkedHashMap<>();
  private final Map<String, Integer> unclean = new LinkedHashMap<>();

  void add(Sample sample) {
    byPeer.computeIfAbsent(sample.peer(), any -> new EnumMap<>(Figure.class));
    if (!sample.clean()) {
      unclean.merge(sample.peer(), 1, Integer::sum);
    }
    if (!sample.counted()) {
      disturbed.merge(sample.peer(), 1, Integer::sum);
      return;
    }
    sample.figures().forEach((figure, value) -> add(sample.peer(), figure, value));
  }

  void add(String peer, Figure figure, double value) {
    byPeer
        .computeIfAbsent(peer, any -> new EnumMap<>(Figure.class))
        .computeIfAbsent(figure, any -> new ArrayList<>())
        .add(value);
  }

  /** Empty if no sample counted. */
  OptionalDouble median(String peer, Figure figure) {
    double[] sorted =
        byPeer.getOrDefault(peer, Map.of()).getOrDefault(figure, List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  /**
   * A row of medians for each peer, and one of ratios to ours.
   *
   * @param ours the peer that the others are held against
   */
  TextTable table(String ours) {
    List<String> heads = new ArrayList<>(List.of("median of the samples that count"));
    Arrays.stream(Figure.values()).map(Figure::label).forEach(heads::add);
    heads.addAll(List.of("samples", "disturbed", "unclean"));
    TextTable table = new TextTable(heads.toArray(String[]::new));
    byPeer.keySet().forEach(peer -> medians(table, peer));
    table.row("ours / theirs");
    byPeer.keySet().stream()
        .filter(peer -> !peer.equals(ours))
        .forEach(peer -> ratios(table, ours, peer));
    return table;
  }

  private void medians(TextTable table, String peer) {
    List<Object> row = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      row.add(text(median(peer, figure), "%.1f"));
    }
    int samples = byPeer.get(peer).values().stream().mapToInt(List::size).max().orElse(0);
    row.add(Integer.toString(samples));
    row.add(Optional.ofNullable(disturbed.get(peer)).map(Object::toString).orElse("-"));
    row.add(Optional.ofNullable(unclean.get(peer)).map(Object::toString).orElse("-"));
    table.row(peer, row.toArray());
  }

  private void ratios(TextTable table, String ours, String peer) {
    List<Object> row = new ArrayList<>();
    for (Figure figure : Figure.values()) {
      OptionalDouble mine = median(ours, figure);
      OptionalDouble theirs = median(peer, figure);
      row.add(
          mine.isPresent() && theirs.isPresent() && theirs.getAsDouble() > 0
              ? text(OptionalDouble.of(mine.getAsDouble() / theirs.getAsDouble()), "%.2f")
              : "-");
    }
    table.row(peer, row.toArray());
  }

  private static String text(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
  }
}
