package io.penstock.worker.limit;

import java.util.Optional;

/**
 * What a deferral hands over to the same attempt's next call. As text: {@code met-sick}, what its
 * limits promised, or the one, a blank and the other.
 *
 * @param metSick whether a call of this attempt has failed because the other side was sick
 * @param slot of its limits, in their own words
 */
record CallTicket(boolean metSick, Optional<String> slot) {
  private static final String MET_SICK = "met-sick";

  static CallTicket of(Optional<String> text) {
    if (text.isEmpty() || !text.get().startsWith(MET_SICK)) {
      return new CallTicket(false, text);
    }
    String rest = text.get().substring(MET_SICK.length()).strip();
    return new CallTicket(true, rest.isEmpty() ? Optional.empty() : Optional.of(rest));
  }

  CallTicket afterSickness() {
    return new CallTicket(true, slot);
  }

  CallTicket withSlot(Optional<String> promised) {
    return new CallTicket(metSick, promised);
  }

  Optional<String> text() {
    if (!metSick) {
      return slot;
    }
    return Optional.of(MET_SICK + slot.map(words -> " " + words).orElse(""));
  }
}
