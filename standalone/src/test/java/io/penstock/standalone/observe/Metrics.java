package io.penstock.standalone.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /q/metrics} said, in Prometheus' text form. */
final class Metrics {
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (penstock_\\w+) (\\w+)$");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(penstock_\\w+?)(?:\\{(.*)\\})? ([-+.\\w]+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  private final List<Sample> samples = new ArrayList<>();

  /** Labels by the name of the metric, for all that are ours. */
  private final Map<String, Set<String>> labels = new TreeMap<>();

  private record Sample(String name, Map<String, String> labels, double value) {}

  Metrics(String text) {
    for (MatchResult type : TYPE.matcher(text).results().toList()) {
      labels.put(type.group(1), new TreeSet<>());
    }
    // The largest of late comes with each duration by itself.
    labels.keySet().removeIf(name -> name.endsWith("_max"));
    for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
      Map<String, String> of = new TreeMap<>();
      if (sample.group(2) != null) {
        Matcher label = LABEL.matcher(sample.group(2));
        while (label.find()) {
          of.put(label.group(1), label.group(2));
        }
      }
      samples.add(new Sample(sample.group(1), of, Double.parseDouble(sample.group(3))));
      Set<String> names = labels.get(sample.group(1).replaceFirst("_(bucket|sum|count)$", ""));
      if (names != null) {
        names.addAll(of.keySet());
        names.remove("le");
      }
    }
  }

  Map<String, Set<String>> labels() {
    return labels;
  }

  /**
   * The sum of all samples of a name whose labels are those given, and any others.
   *
   * @param labels names and values in turn
   */
  OptionalDouble value(String name, String... labels) {
    List<Sample> fitting = new ArrayList<>();
    for (Sample sample : samples) {
      boolean fits = sample.name().equals(name);
      for (int i = 0; i < labels.length; i += 2) {
        fits &= labels[i + 1].equals(sample.labels().get(labels[i]));
      }
      if (fits) {
        fitting.add(sample);
      }
    }
    return fitting.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(fitting.stream().mapToDouble(Sample::value).sum());
  }
}
