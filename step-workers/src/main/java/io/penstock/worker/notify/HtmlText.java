package io.penstock.worker.notify;

/** Values inside HTML: text, whatever they look like. */
final class HtmlText {
  private HtmlText() {}

  /** For text between tags and in attributes that stand in quotes. */
  static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
