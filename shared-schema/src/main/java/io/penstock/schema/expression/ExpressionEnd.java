package io.penstock.schema.expression;

/** Finds the <code>}}</code> that closes an expression: not one inside its strings or objects. */
final class ExpressionEnd {
  private final String text;
  private int here;

  private ExpressionEnd(String text, int start) {
    this.text = text;
    this.here = start;
  }

  /**
   * @return where the closing braces start, or -1
   */
  static int find(String text, int start) {
    return new ExpressionEnd(text, start).find();
  }

  private int find() {
    int open = 0;
    while (here < text.length()) {
      char next = text.charAt(here);
      if (open == 0 && text.startsWith(TemplateText.CLOSE, here)) {
        return here;
      }
      if (next == '"' || next == '\'') {
        skipString(next);
        continue;
      }
      if (next == '{') {
        open++;
      } else if (next == '}') {
        open--;
      }
      here++;
    }
    return -1;
  }

  private void skipString(char quote) {
    boolean raw = here > 0 && (text.charAt(here - 1) == 'r' || text.charAt(here - 1) == 'R');
    String one = String.valueOf(quote);
    String end = text.startsWith(one.repeat(3), here) ? one.repeat(3) : one;
    here += end.length();
    while (here < text.length() && !text.startsWith(end, here)) {
      here += text.charAt(here) == '\\' && !raw ? 2 : 1;
    }
    here += end.length();
  }
}
