package io.penstock.worker.runtime;

import io.penstock.schema.message.StepOutcome;
import java.util.Optional;

/**
 * What a deferral hands over to the next delivery of the same attempt. As text: {@code
 * lost-workers/3}, the handler's own words, or the one, a blank and the other.
 *
 * @param losses how often the attempt was deferred because workers ended on it; {@code
 *     CommandId.delivery} counts deferrals for other reasons as well
 * @param handlers what its handler wants back, such as a place in a limiter's queue
 */
record Ticket(int losses, Optional<String> handlers) {
  private static final String LOSSES = "lost-workers/";

  /** Of a command; what is not ours to read belongs to the handler. */
  static Ticket of(Optional<String> text) {
    if (text.isEmpty() || !text.get().startsWith(LOSSES)) {
      return new Ticket(0, text);
    }
    String[] parts = text.get().substring(LOSSES.length()).split(" ", 2);
    try {
      return new Ticket(
          Integer.parseInt(parts[0]), parts.length == 1 ? Optional.empty() : Optional.of(parts[1]));
    } catch (NumberFormatException e) {
      return new Ticket(0, Optional.empty());
    }
  }

  Ticket lostOnceMore() {
    return new Ticket(losses + 1, handlers);
  }

  /** The same result; a deferral's ticket also says how many workers were lost. */
  AttemptResult on(AttemptResult result) {
    if (losses == 0 || !(result.result() instanceof StepOutcome.Deferred deferred)) {
      return result;
    }
    return new AttemptResult(
        new StepOutcome.Deferred(
            deferred.delay(), deferred.reason(), new Ticket(losses, deferred.ticket()).text()),
        result.usage());
  }

  Optional<String> text() {
    if (losses == 0) {
      return handlers;
    }
    return Optional.of(LOSSES + losses + handlers.map(words -> " " + words).orElse(""));
  }
}
