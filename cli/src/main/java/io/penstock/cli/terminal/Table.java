package io.penstock.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Columns as wide as their widest cell; empty ones are left out. Colours are put in last, so that
 * they take no room.
 */
public final class Table {
  private static final String GAP = "  ";

  private final List<List<Cell>> rows = new ArrayList<>();
  private final Colours colours;

  /**
   * @param tone null for none
   */
  private record Cell(String text, Colours.Tone tone) {}

  public Table(Colours colours) {
    this.colours = colours;
  }

  /** Adds a row, all in one tone; null for none. */
  public void row(Colours.Tone tone, String... cells) {
    rows.add(Arrays.stream(cells).map(text -> new Cell(Printable.line(text), tone)).toList());
  }

  /** Adds a row of which one column has a tone. */
  public void rowWith(int coloured, Colours.Tone tone, String... cells) {
    List<Cell> row = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      row.add(new Cell(Printable.line(cells[i]), i == coloured ? tone : null));
    }
    rows.add(row);
  }

  /** One text for each row, without spaces at the end. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).text().length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<Cell> row, int[] widths) {
    int last = row.size() - 1;
    while (last > 0 && row.get(last).text().isEmpty()) {
      last--;
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i <= last; i++) {
      if (widths[i] == 0) {
        continue;
      }
      Cell cell = row.get(i);
      line.append(cell.tone() == null ? cell.text() : colours.paint(cell.tone(), cell.text()));
      if (i < last) {
        line.append(" ".repeat(widths[i] - cell.text().length())).append(GAP);
      }
    }
    return line.toString();
  }
}
