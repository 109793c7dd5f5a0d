package io.penstock.benchmark.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A first column of names, further ones of figures, aligned for people. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... heads) {
    rows.add(List.of(heads));
  }

  /**
   * @param figures text as it is, numbers with one digit behind the point
   */
  public TextTable row(String name, Object... figures) {
    List<String> row = new ArrayList<>();
    row.add(name);
    for (Object figure : figures) {
      row.add(
          figure instanceof Double number
              ? String.format(Locale.ROOT, "%.1f", number)
              : figure.toString());
    }
    rows.add(row);
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String blanks = " ".repeat(width(column) - cell.length());
        text.append(column == 0 ? cell + blanks : "  " + blanks + cell);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
