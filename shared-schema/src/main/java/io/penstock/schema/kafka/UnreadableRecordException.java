package io.penstock.schema.kafka;

/** A record that is none of our messages. The message says why, without the record's content. */
public final class UnreadableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableRecordException(String message) {
    super(message);
  }
}
