package io.penstock.standalone.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Shows how each lead stands: on a terminal one line for each, changed in place; elsewhere a line
 * for each change.
 */
final class Board {
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintWriter out;
  private final boolean inPlace;
  private final List<String> shown;

  /**
   * @param inPlace whether the cursor can be moved back over all of the lines
   */
  Board(PrintWriter out, boolean inPlace, int lines) {
    this.out = out;
    this.inPlace = inPlace;
    this.shown = new ArrayList<>(Collections.nCopies(lines, ""));
  }

  /** Takes the place that the lines will have. */
  void open() {
    if (inPlace) {
      shown.forEach(out::println);
      out.flush();
    }
  }

  /**
   * @param lines as many as the board has
   * @param since the beginning
   */
  void show(List<String> lines, Duration since) {
    if (lines.equals(shown)) {
      return;
    }
    if (inPlace) {
      out.print("\u001b[" + lines.size() + "A");
      lines.forEach(line -> out.println(CLEAR_LINE + line));
    } else {
      String time = String.format(Locale.ROOT, "%6.2f s", since.toMillis() / 1000.0);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).equals(shown.get(i))) {
          out.println(time + lines.get(i));
        }
      }
    }
    out.flush();
    Collections.copy(shown, lines);
  }
}
