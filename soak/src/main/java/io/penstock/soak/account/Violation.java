package io.penstock.soak.account;

import java.util.Locale;

/**
 * A promise that was not kept.
 *
 * @param subject the event, execution or call
 * @param detail what was seen, for whoever looks for the cause
 */
public record Violation(Kind kind, String subject, String detail) {
  /** Which promise. */
  public enum Kind {
    /** Nobody took it, though everything was there again. */
    NOT_ACCEPTED,
    /** It was accepted, and there is no execution of it. */
    LOST,
    /** Its execution has not ended, or otherwise than it had to. */
    WRONG_END,
    /** It has more than one execution. */
    DOUBLED_EXECUTION,
    /** An execution of an event that nobody sent. */
    UNKNOWN_EXECUTION,
    /** A call that had to be made was never answered. */
    MISSING_CALL,
    /** A call that nobody wanted. */
    UNWANTED_CALL,
    /** Attempts of one step under different keys. */
    SEVERAL_KEYS,
    /** Two steps under one key. */
    SHARED_KEY,
    /** A call was repeated, and nothing that was done allows it. */
    REPEATED_CALL,
    /** A call began before one that had to come first was answered. */
    OUT_OF_ORDER,
    /** A call after its execution had ended. */
    AFTER_THE_END,
    /** A member ended by itself. */
    DIED,
    /** Service was not back in time. */
    NOT_BACK
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + subject + ": " + detail;
  }
}
