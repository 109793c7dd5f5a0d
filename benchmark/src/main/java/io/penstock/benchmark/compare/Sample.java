package io.penstock.benchmark.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of the bench: one phase of one start of one peer.
 *
 * @param figures by name; those that the phase does not have are missing
 * @param counted false if anything else used more of the machine than a tenth of what was used
 */
record Sample(
    String peer, String phase, Map<Figure, Double> figures, boolean clean, boolean counted) {
  private static final double OTHERS_MAY_USE = 0.1;
  private static final double MS_PER_SECOND = 1_000;

  static Sample of(JsonNode line) {
    String phase = line.path("phase").asText();
    JsonNode machine = line.path("machine");
    boolean counted =
        machine.path("other_cpu_s").asDouble()
            <= OTHERS_MAY_USE * machine.path("busy_s").asDouble();
    Map<Figure, Double> figures = new TreeMap<>();
    switch (phase) {
      case "start" -> put(figures, Figure.START, line, "first_accept_ms");
      case "latency" -> {
        put(figures, Figure.P50, line, "p50_ms");
        put(figures, Figure.P99, line, "p99_ms");
      }
      case "throughput" -> {
        put(figures, Figure.PER_SECOND, line, "executions_per_s");
        cpuPerExecution(figures, line);
      }
      default -> {
        // what else the bench tells is not compared
      }
    }
    boolean clean =
        line.path("lost").asInt() == 0
            && line.path("duplicated").asInt() == 0
            && line.path("misrouted").asInt() == 0;
    return new Sample(line.path("peer").asText(), phase, figures, clean, counted);
  }

  private static void put(Map<Figure, Double> figures, Figure figure, JsonNode line, String name) {
    if (line.path(name).isNumber()) {
      figures.put(figure, line.path(name).asDouble());
    }
  }

  /** The bench's CPU seconds span warm-up and draining too, and so does what has completed. */
  private static void cpuPerExecution(Map<Figure, Double> figures, JsonNode line) {
    double seconds = 0;
    for (Map.Entry<String, JsonNode> process : line.path("cpu_s").properties()) {
      seconds += process.getKey().equals("stub") ? 0 : process.getValue().asDouble();
    }
    long completed = line.path("completed").asLong();
    if (completed > 0) {
      figures.put(Figure.CPU, seconds * MS_PER_SECOND / completed);
    }
  }
}
