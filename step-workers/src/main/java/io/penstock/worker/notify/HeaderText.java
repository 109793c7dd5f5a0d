package io.penstock.worker.notify;

/** What may stand in a header of a mail. */
final class HeaderText {
  /** Longest line of a mail (RFC 5322); longer values are folded, which not all servers undo. */
  static final int MAX_LENGTH = 998;

  private HeaderText() {}

  /**
   * Whether it could end its header and begin another, or hide something: line ends and all other
   * control characters, those that only some programs take for line ends included.
   */
  static boolean breaksOut(String value) {
    return value
        .codePoints()
        .anyMatch(point -> Character.isISOControl(point) || point == '\u2028' || point == '\u2029');
  }
}
