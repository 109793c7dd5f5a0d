package io.penstock.console.alert;

/** An occurrence in a sentence. */
final class Summary {
  private Summary() {}

  /**
   * @param count how many the message stands for
   */
  static String of(Occurrence occurrence, long count) {
    String who = occurrence.workflow() + " " + occurrence.version();
    String where = occurrence.step().isEmpty() ? "" : " at step " + occurrence.step();
    String what =
        switch (occurrence.kind()) {
          case SUSPENDED -> who + " is suspended" + where + error(occurrence);
          case FAILED -> who + " has failed" + where + error(occurrence);
          case WAITING ->
              "%s has waited%s since %s for %s"
                  .formatted(who, where, occurrence.since(), occurrence.waitsFor());
          case DEAD_LETTER ->
              "a record of %s became a dead letter%s"
                  .formatted(occurrence.topic(), error(occurrence));
        };
    return what + more(count) + command(occurrence);
  }

  private static String error(Occurrence occurrence) {
    return occurrence.errorType().isEmpty()
        ? ""
        : ": " + occurrence.errorType() + ": " + occurrence.errorMessage();
  }

  private static String more(long count) {
    return count == 1 ? "" : " (and %d more like it)".formatted(count - 1);
  }

  private static String command(Occurrence occurrence) {
    return occurrence.execution().isEmpty()
        ? ""
        : "\npenstock executions show " + occurrence.execution();
  }
}
