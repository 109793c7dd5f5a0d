package io.penstock.cli.replay;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Labels;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One replay for people: how it stands, and what to do about it. */
final class ReplayText {
  private ReplayText() {}

  static List<String> lines(Json replay, Instant now, Colours colours) {
    Labels labels = new Labels(colours);
    labels.head(Wording.text(replay, "id"), ReplayWords.status(replay), ReplayWords.tone(replay));
    labels.add("letters", ReplayWords.progress(replay));
    labels.add("oldest", ReplayWords.longInFlight(replay, now));
    labels.add("why", Wording.text(replay, "why"));
    labels.add("selection", ReplayWords.selection(replay));
    labels.add("version", Wording.text(replay, "version"));
    labels.add("patch", replay.at("patch") == null ? "" : Wording.payload(replay.at("patch")));
    labels.add("pace", ReplayWords.pace(replay));
    labels.add("by", Wording.text(replay, "by") + ": " + Wording.text(replay, "reason"));
    labels.add("begun", Wording.text(replay, "createdAt"));
    return labels.lines();
  }

  /** The commands that are of use now, the most useful first. */
  static List<String> next(Json replay) {
    String id = Printable.line(Wording.text(replay, "id"));
    List<String> next = new ArrayList<>();
    if (ReplayWords.count(replay, "failedAgain") > 0) {
      next.add("what failed again: penstock dlq replays show " + id + " --failed");
    }
    if (ReplayWords.count(replay, "refused") > 0) {
      next.add("what was refused, and why: penstock dlq replays show " + id + " --refused");
    }
    switch (ReplayWords.status(replay)) {
      case "paused" -> next.add("to go on: penstock dlq replays resume " + id);
      case "stopped" ->
          next.add("what was not sent is open still: remove the cause, then replay it again");
      case "cancelled" -> next.add("what was not sent is open still");
      case "done" -> {}
      default -> next.add("to follow it: penstock dlq replays show " + id + " --follow");
    }
    return next;
  }

  /** The last line about one that has ended. */
  static String closing(Json replay, Colours colours) {
    String text =
        "replay %s %s: %s"
            .formatted(Wording.text(replay, "id"), said(replay), ReplayWords.progress(replay));
    Colours.Tone tone = ReplayWords.tone(replay);
    return tone == null ? Printable.line(text) : colours.paint(tone, Printable.line(text));
  }

  private static String said(Json replay) {
    String why = Wording.text(replay, "why");
    return ReplayWords.status(replay) + (why.isEmpty() ? "" : " (" + why + ")");
  }
}
