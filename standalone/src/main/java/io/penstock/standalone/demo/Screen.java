package io.penstock.standalone.demo;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the demo is watched.
 *
 * @param columns of the terminal, or what plain output is wide
 * @param rows of the terminal; 0 when it is none, or does not want its lines changed
 */
record Screen(PrintWriter out, Style style, int columns, int rows) {
  private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)");
  private static final int PLAIN_COLUMNS = 100;
  private static final int ROWS_FOR_THE_REST = 2;

  /**
   * @param terminal {@code COLUMNSxROWS} as the start script found it; null if it is no terminal
   */
  static Screen of(
      PrintWriter out, Charset charset, Map<String, String> environment, String terminal) {
    Optional<Matcher> size =
        Optional.ofNullable(terminal).map(SIZE::matcher).filter(Matcher::matches);
    boolean plain =
        size.isEmpty()
            || environment.containsKey("NO_COLOR")
            || environment.containsKey("CI")
            || "dumb".equals(environment.get("TERM"));
    Style style = charset.newEncoder().canEncode('↻') ? Style.signs(!plain) : Style.letters(!plain);
    return plain
        ? new Screen(out, style, PLAIN_COLUMNS, 0)
        : new Screen(
            out,
            style,
            Integer.parseInt(size.get().group(1)),
            Integer.parseInt(size.get().group(2)));
  }

  /** Lines that do not fit the terminal cannot be reached again to change them. */
  Board board(int lines) {
    return new Board(out, lines + ROWS_FOR_THE_REST <= rows, lines);
  }

  void done(String text) {
    line(style.good(style.done()) + " " + text);
  }

  void bad(String text) {
    line(style.bad(style.failed()) + " " + text);
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }
}
