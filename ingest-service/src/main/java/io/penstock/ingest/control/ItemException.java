package io.penstock.ingest.control;

/** What is wrong with one item of a request. Expected, so without a stack trace. */
final class ItemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String member;

  ItemException(String member, String message) {
    super(message, null, false, false);
    this.member = member;
  }

  /** Of the item; empty: the item itself. */
  String member() {
    return member;
  }
}
