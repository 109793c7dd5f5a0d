package io.penstock.orchestrator.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the core does, by situation (kind of step, its state, phase of the execution) and input. An
 * outcome is that of attempt 1 of the step itself; a timer is due; a start is the event's second
 * delivery where the execution exists; the decision that failed is the one on that success.
 */
final class TransitionTable {
  private static final String TABLE = read("/core/transitions.txt");

  private TransitionTable() {}

  /** A file: as text in a class it would be longer than a constant may be. */
  private static String read(String resource) {
    try (InputStream in = TransitionTable.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Result by input by situation, in the order of the text. */
  static Map<String, Map<String, String>> expected() {
    List<String> lines = TABLE.lines().filter(line -> !line.isBlank()).toList();
    List<String> inputs = columns(lines.getFirst()).subList(3, columns(lines.getFirst()).size());
    Map<String, Map<String, String>> table = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> columns = columns(line);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.size() - 3; i++) {
        row.put(inputs.get(i), columns.get(i + 3));
      }
      table.put(String.join(" ", columns.subList(0, 3)), row);
    }
    return table;
  }

  /** The inputs that the table has a column for. */
  static List<String> inputs() {
    return new ArrayList<>(expected().values().iterator().next().keySet());
  }

  private static List<String> columns(String line) {
    return Arrays.asList(line.trim().split(" +"));
  }
}
