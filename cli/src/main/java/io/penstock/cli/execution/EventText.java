package io.penstock.cli.execution;

import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.schema.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A fact in words.
 *
 * @param path of the step; empty: the execution as a whole
 * @param tone null for none
 */
record EventText(String path, String text, Tone tone) {
  private static final int MOST_NAMES = 5;

  /** Empty for what is bookkeeping; a fact that is not known here is told by its name. */
  static Optional<EventText> of(Json fact) {
    String path = Wording.text(fact, "path");
    return switch (Wording.text(fact, "type")) {
      case "wakeUpSet", "executionForgotten", "itemsStarted" -> Optional.empty();
      case "executionStarted" -> plain("", started(fact));
      case "stepPutOff" -> toned(path, "waits for its turn", Tone.WAITING);
      case "attemptRequested" -> plain(path, requested(fact));
      case "attemptHeld" -> plain(path, attempt(fact) + " is held until the execution goes on");
      case "attemptFailed" ->
          toned(path, attempt(fact) + " failed: " + Wording.error(fact.at("error")), Tone.BAD);
      case "attemptDeferred" ->
          toned(
              path,
              "deferred until %s: %s"
                  .formatted(Wording.text(fact, "until"), Wording.text(fact, "reason")),
              Tone.WAITING);
      case "retryScheduled" ->
          toned(
              path,
              "%s follows at %s".formatted(attempt(fact), Wording.text(fact, "dueAt")),
              Tone.WAITING);
      case "waitStarted" -> toned(path, "waits until " + Wording.text(fact, "until"), Tone.WAITING);
      case "finallyStarted" -> plain("", "does what is to be done finally");
      case "errorCaught" ->
          plain(
              path,
              "catch %s takes %s"
                  .formatted(Wording.text(fact, "handler"), Wording.error(fact.at("error"))));
      case "branchTaken" -> plain(path, "takes branch " + Wording.text(fact, "name"));
      case "branchesStarted" -> plain(path, "begins branches " + names(fact.at("branches"), ", "));
      case "itemsFound" -> plain(path, found(fact));
      case "scopeEnded" -> ended(fact);
      case "scopesCancelled" -> plain("", "cancels " + names(fact.at("scopes"), ", "));
      case "scopesLeft" ->
          plain("", "does not wait for " + names(fact.at("scopes"), ", ") + " any more");
      case "stepCompleted" -> toned(path, completed(fact), Tone.GOOD);
      case "stepFailed" -> toned(path, "failed: " + Wording.error(fact.at("error")), Tone.BAD);
      case "stepReopened" -> plain(path, "is tried again" + by(fact));
      case "executionPaused" -> toned("", "paused" + by(fact), Tone.WAITING);
      case "executionResumed" -> plain("", "resumed" + by(fact));
      case "executionSuspended" ->
          toned("", "suspended, waits for a replay: " + Wording.error(fact.at("error")), Tone.BAD);
      case "executionCompleted" -> toned("", "completed", Tone.GOOD);
      case "executionFailed" -> toned("", "failed: " + Wording.error(fact.at("error")), Tone.BAD);
      case "executionCancelled" -> toned("", "cancelled" + by(fact), Tone.BAD);
      case "inputIgnored" ->
          toned(
              "",
              "ignored as %s: %s"
                  .formatted(Wording.text(fact, "reason"), Wording.text(fact, "input")),
              Tone.FAINT);
      default -> plain(path, Wording.text(fact, "type"));
    };
  }

  private static Optional<EventText> plain(String path, String text) {
    return toned(path, text, null);
  }

  private static Optional<EventText> toned(String path, String text, Tone tone) {
    return Optional.of(new EventText(path, text, tone));
  }

  private static String started(Json fact) {
    return "started: %s %s, by %s from %s, id %s"
        .formatted(
            Wording.text(fact, "workflow"),
            Wording.text(fact, "version"),
            Wording.text(fact, "eventType"),
            Wording.text(fact, "eventSource"),
            Wording.text(fact, "eventId"));
  }

  private static String requested(Json fact) {
    boolean again = fact.at("delivery") instanceof Long delivery && delivery > 1;
    return again
        ? "%s is handed out again, delivery %s"
            .formatted(attempt(fact), Wording.text(fact, "delivery"))
        : "%s begins (%s)".formatted(attempt(fact), Wording.text(fact, "kind"));
  }

  private static String attempt(Json fact) {
    return "attempt " + Wording.text(fact, "attempt");
  }

  private static String found(Json fact) {
    long rounds = fact.at("rounds") instanceof Long number ? number : 0;
    long items = fact.at("items") instanceof List<?> list && !list.isEmpty() ? list.size() : rounds;
    return "finds "
        + Wording.counted(items, "item")
        + (items == rounds ? "" : ", in " + Wording.counted(rounds, "round"));
  }

  private static Optional<EventText> ended(Json fact) {
    String scope = Wording.text(fact, "scope");
    String owner = scope.substring(0, Math.max(0, scope.lastIndexOf('/')));
    String slot = scope.substring(scope.lastIndexOf('/') + 1);
    String what = (slot.matches("\\d+") ? "round " : "branch ") + slot;
    return fact.at("error") == null
        ? plain(owner, what + " is done")
        : toned(owner, what + " failed: " + Wording.error(fact.at("error")), Tone.BAD);
  }

  private static String completed(Json fact) {
    String consumed = Wording.consumption(Json.of(fact.at("usage")));
    return "completed"
        + Wording.between(fact.at("startedAt"), fact.at("endedAt"))
            .map(millis -> " in " + Wording.duration(millis))
            .orElse("")
        + (consumed.isEmpty() ? "" : ", " + consumed);
  }

  private static String by(Json fact) {
    return " by %s: %s".formatted(Wording.text(fact, "by"), Wording.text(fact, "reason"));
  }

  private static String names(Object list, String separator) {
    if (!(list instanceof List<?> names)) {
      return "";
    }
    String first =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> name.equals("") ? "all that is at work" : String.valueOf(name))
            .collect(Collectors.joining(separator));
    return names.size() > MOST_NAMES
        ? first + " and %d more".formatted(names.size() - MOST_NAMES)
        : first;
  }
}
