package io.penstock.cli.execution;

import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.cli.terminal.Labels;
import io.penstock.cli.terminal.Printable;
import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;

/** One execution for people: what it is, then its steps in the order in which they began. */
final class Timeline {
  private static final String INDENT = "    ";
  private static final int FAILURES_SHOWN = 5;

  private final Json execution;
  private final Colours colours;
  private final List<String> lines = new ArrayList<>();

  Timeline(Json execution, Colours colours) {
    this.execution = execution;
    this.colours = colours;
  }

  /** What it is, and how it stands. */
  List<String> head() {
    lines.add(
        colours.paint(Tone.STRONG, Printable.line(Wording.text(execution, "id")))
            + "  "
            + painted(Wording.text(execution, "status")));
    label(
        "workflow", Wording.text(execution, "workflow") + " " + Wording.text(execution, "version"));
    label("event", event());
    label("started", Wording.text(execution, "startedAt"));
    label("ended", ended());
    each(execution.at("waitsFor"), this::waitsFor);
    label("error", Wording.error(execution.at("error")));
    label("consumed", Wording.consumption(Json.of(execution.at("consumption"))));
    label("input", execution.at("input") == null ? "" : Wording.payload(execution.at("input")));
    return taken();
  }

  /**
   * The steps that the answer has, those of a foreach's rounds counted.
   *
   * @param all asked for the failures among them
   */
  List<String> steps(AllSteps all) {
    each(
        execution.at("steps"),
        step -> {
          add(step);
          if (step.at("rounds", "failed") instanceof Long failed && failed > 0) {
            failures(all.failedInside(Wording.text(step, "path"), FAILURES_SHOWN), failed);
          }
        });
    return taken();
  }

  List<String> step(Json step) {
    add(step);
    return taken();
  }

  /** What came out. */
  List<String> end() {
    if (execution.at("output") != null) {
      lines.add("");
      label("output", Wording.payload(execution.at("output")));
    }
    return taken();
  }

  private List<String> taken() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private void failures(List<Json> failed, long count) {
    for (Json step : failed) {
      inside("failed", Wording.text(step, "path") + ", " + Wording.failure(step));
    }
    if (count > failed.size() && !failed.isEmpty()) {
      lines.add(INDENT + "and more: --all");
    }
  }

  private String event() {
    String type = Wording.text(execution, "event", "type");
    return type.isEmpty()
        ? ""
        : "%s from %s, id %s"
            .formatted(
                type,
                Wording.text(execution, "event", "source"),
                Wording.text(execution, "event", "id"));
  }

  private String ended() {
    String at = Wording.text(execution, "endedAt");
    return at.isEmpty() ? "" : at + ", after " + Wording.duration(execution.at("durationMs"));
  }

  private void waitsFor(Json waiting) {
    label("waits for", Wording.waitsFor(waiting));
  }

  private void add(Json step) {
    String branch = Wording.text(step, "branch", "name");
    lines.add("");
    lines.add(
        colours.paint(Tone.STRONG, Printable.line(Wording.text(step, "path")))
            + "  "
            + Printable.line(Wording.text(step, "kind"))
            + "  "
            + painted(Wording.text(step, "status"))
            + spaced(Wording.duration(step.at("durationMs")))
            + (branch.isEmpty() ? "" : Printable.line("  branch " + branch)));
    leftOut(step.at("attemptsLeftOut"));
    Table attempts = new Table(colours);
    each(step.at("attempts"), attempt -> AttemptRow.add(attempts, attempt));
    attempts.lines().forEach(line -> lines.add(INDENT + line));
    inside("rounds", Wording.rounds(Json.of(step.at("rounds"))));
    inside("waits for", waitsForOf(step));
    inside(step.at("caughtBy") == null ? "error" : "caught", Wording.error(step.at("error")));
    inside("inputs", step.at("inputs") == null ? "" : Wording.payload(step.at("inputs")));
    inside("output", step.at("output") == null ? "" : Wording.payload(step.at("output")));
  }

  private static String waitsForOf(Json step) {
    String what = Wording.text(step, "waitingFor");
    String until = Wording.text(step, "waitingUntil");
    return what + (until.isEmpty() ? "" : " until " + until);
  }

  private void leftOut(Object attempts) {
    if (attempts instanceof Long count) {
      lines.add(INDENT + Wording.counted(count, "earlier attempt"));
    }
  }

  private void label(String label, String value) {
    if (!value.isBlank()) {
      lines.add(padded(label) + Printable.line(value));
    }
  }

  private void inside(String label, String value) {
    if (!value.isBlank()) {
      lines.add(INDENT + padded(label) + Printable.line(value));
    }
  }

  private String padded(String label) {
    return Labels.padded(colours, label);
  }

  private String painted(String status) {
    Tone tone = Wording.tone(status);
    String text = Printable.line(status);
    return tone == null ? text : colours.paint(tone, text);
  }

  private static String spaced(String text) {
    return text.isEmpty() ? "" : "  " + text;
  }

  @FunctionalInterface
  private interface Part {
    void print(Json part);
  }

  private static void each(Object list, Part part) {
    if (list instanceof List<?> parts) {
      parts.forEach(each -> part.print(Json.of(each)));
    }
  }
}
