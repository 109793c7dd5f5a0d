package io.penstock.cli.letter;

import io.penstock.cli.execution.AttemptRow;
import io.penstock.cli.execution.Wording;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Labels;
import io.penstock.cli.terminal.Printable;
import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One dead letter for people: what it is, then what it holds. */
final class LetterText {
  private static final String INDENT = "    ";
  private static final int LONGEST_VALUE = 4_000;

  private final Json letter;
  private final Colours colours;

  LetterText(Json letter, Colours colours) {
    this.letter = letter;
    this.colours = colours;
  }

  List<String> lines() {
    Labels labels = new Labels(colours);
    String status = text("status");
    labels.head(text("id"), status, LetterWords.tone(status));
    labels.add("since", text("at"));
    labels.add("reason", text("reason"));
    labels.add("cause", text("cause"));
    labels.add("execution", text("execution"));
    labels.add("workflow", (text("workflow") + " " + text("version")).strip());
    labels.add("step", text("path"));
    labels.add("group", text("group"));
    labels.add("topic", text("topic"));
    labels.add("size", text("size").isEmpty() ? "" : text("size") + " bytes");
    labels.add("cost", Wording.cost(letter));
    labels.add("replays", Long.valueOf(0).equals(letter.at("replays")) ? "" : text("replays"));
    each("discarded", entry -> labels.add("discarded", discarded(entry)));
    labels.add("key", bytes(letter, "key"));
    List<String> lines = new ArrayList<>(labels.lines());
    addAttempts(lines);
    addHeaders(lines);
    addValue(lines);
    return lines;
  }

  /** What may be asked or done now. */
  List<String> next() {
    List<String> next = new ArrayList<>();
    if (!text("execution").isEmpty()) {
      next.add("how it came to this: penstock executions show " + text("execution"));
    }
    if ("open".equals(text("status")) || "parked".equals(text("status"))) {
      next.add("what a replay would do: penstock dlq replay " + text("id") + " --dry-run");
    }
    return next.stream().map(Printable::line).toList();
  }

  private void addAttempts(List<String> lines) {
    if (letter.at("attempts") instanceof List<?> attempts && !attempts.isEmpty()) {
      Table table = new Table(colours);
      attempts.forEach(attempt -> AttemptRow.add(table, Json.of(attempt)));
      lines.add("");
      table.lines().forEach(line -> lines.add(INDENT + line));
    }
  }

  private void addHeaders(List<String> lines) {
    if (letter.at("headers") instanceof List<?> headers && !headers.isEmpty()) {
      Table table = new Table(colours);
      for (Object each : headers) {
        table.row(null, Wording.text(Json.of(each), "name"), bytes(Json.of(each), "value"));
      }
      lines.add("");
      lines.add(colours.paint(Colours.Tone.FAINT, "headers"));
      table.lines().forEach(line -> lines.add(INDENT + line));
    }
  }

  private void addValue(List<String> lines) {
    String value = bytes(letter, "value");
    if (value.isEmpty()) {
      return;
    }
    boolean cut = Boolean.TRUE.equals(letter.at("truncated"));
    lines.add("");
    lines.add(colours.paint(Colours.Tone.FAINT, cut ? "value, its first part" : "value"));
    lines.add(
        INDENT
            + Printable.line(
                value.length() <= LONGEST_VALUE
                    ? value
                    : value.substring(0, LONGEST_VALUE)
                        + "… (%d characters; -o json)".formatted(value.length())));
  }

  private static String discarded(Json entry) {
    return "%s by %s: %s"
        .formatted(
            Wording.text(entry, "at"), Wording.text(entry, "by"), Wording.text(entry, "reason"));
  }

  private void each(String member, Consumer<Json> part) {
    if (letter.at(member) instanceof List<?> parts) {
      parts.forEach(each -> part.accept(Json.of(each)));
    }
  }

  /** As text where it is text; else as Base64 that says so. */
  private static String bytes(Json holder, String member) {
    Object text = holder.at(member);
    String base64 = Wording.text(holder, member + "Base64");
    return text != null ? text.toString() : base64.isEmpty() ? "" : "base64 " + base64;
  }

  private String text(String member) {
    return Wording.text(letter, member);
  }
}
