package io.penstock.schema.language;

/**
 * Something wrong in a definition.
 *
 * @param file as the caller named it; empty for what did not come from a file
 * @param line from 1; 0 where there is no file
 * @param column from 1; 0 where there is no file
 * @param path JSON pointer to the place, e.g. {@code /steps/2/notify}
 * @param message what is wrong and what to write instead
 */
public record Problem(String file, int line, int column, String path, String message) {
  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line + ":" + column + " " : "";
    return place + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
