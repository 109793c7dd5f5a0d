package io.penstock.cli.letter;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.schema.json.Json;

/** Dead letters in words for people. */
final class LetterWords {
  /** In a table: what is longer makes every line break. {@code show} has all of it. */
  private static final int LONGEST_CAUSE = 100;

  private LetterWords() {}

  static Tone tone(String status) {
    return switch (status) {
      case "open", "parked" -> Tone.BAD;
      case "replaying" -> Tone.WAITING;
      case "resolved" -> Tone.GOOD;
      case "discarded" -> Tone.FAINT;
      default -> null;
    };
  }

  /** The execution; of a record that nobody could read the topic. */
  static String where(Json letter) {
    String execution = Wording.text(letter, "execution");
    return execution.isEmpty() ? Wording.text(letter, "topic") : execution;
  }

  /** The workflow of a group and its version; of records that nobody could read the topic. */
  static String whose(Json group) {
    String workflow = Wording.text(group, "workflow");
    return workflow.isEmpty()
        ? Wording.text(group, "topic")
        : workflow + " " + Wording.text(group, "version");
  }

  /** The type of a step's error; of records that nobody could read the reason. */
  static String error(Json group) {
    String type = Wording.text(group, "errorType");
    return type.isEmpty() ? Wording.text(group, "reason") : type;
  }

  static String shortened(String cause) {
    return cause.codePointCount(0, cause.length()) <= LONGEST_CAUSE
        ? cause
        : cause.substring(0, cause.offsetByCodePoints(0, LONGEST_CAUSE)) + "…";
  }
}
