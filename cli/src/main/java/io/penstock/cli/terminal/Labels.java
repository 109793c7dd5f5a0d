package io.penstock.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Values with a name before each, one below the other; those without a value are left out. */
public final class Labels {
  private static final int WIDTH = 10;

  private final Colours colours;
  private final List<String> lines = new ArrayList<>();

  public Labels(Colours colours) {
    this.colours = colours;
  }

  /** A name with blanks behind it, as wide as every other. */
  public static String padded(Colours colours, String label) {
    return colours.paint(Colours.Tone.FAINT, label) + " ".repeat(WIDTH - label.length());
  }

  /** A line that heads the others: what it is, and how it stands. */
  public void head(String name, String status, Colours.Tone tone) {
    String shown = Printable.line(status);
    lines.add(
        colours.paint(Colours.Tone.STRONG, Printable.line(name))
            + "  "
            + (tone == null ? shown : colours.paint(tone, shown)));
  }

  public void add(String label, String value) {
    if (!value.isBlank()) {
      lines.add(padded(colours, label) + Printable.line(value));
    }
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }
}
