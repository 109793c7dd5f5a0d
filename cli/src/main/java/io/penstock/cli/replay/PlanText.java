package io.penstock.cli.replay;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Colours.Tone;
import io.penstock.cli.terminal.Labels;
import io.penstock.cli.terminal.Printable;
import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a replay would do, for people. */
final class PlanText {
  private static final String INDENT = "    ";
  private static final int REFUSALS_SHOWN = 5;
  private static final long SECOND_MS = 1_000;

  private final Json plan;
  private final Colours colours;
  private final List<String> lines = new ArrayList<>();

  PlanText(Json plan, Colours colours) {
    this.plan = plan;
    this.colours = colours;
  }

  /** Why the first of those that cannot be replayed cannot; the given text if there is none. */
  static String firstRefusal(Json plan, String otherwise) {
    return plan.at("refused") instanceof List<?> refused && !refused.isEmpty()
        ? Wording.text(Json.of(refused.getFirst()), "why")
        : otherwise;
  }

  List<String> lines() {
    lines.add(
        colours.paint(
            Tone.STRONG,
            "%s, %s can be replayed"
                .formatted(
                    Wording.counted(ReplayWords.count(plan, "letters"), "dead letter"),
                    String.format(Locale.ROOT, "%,d", ReplayWords.count(plan, "replayable")))));
    each(plan.at("steps"), this::step);
    Labels estimate = new Labels(colours);
    estimate.add("cost", plan.at("estimatedCostMicroUsd") == null ? "" : "about " + cost());
    estimate.add("time", plan.at("estimatedSeconds") == null ? "" : "about " + time());
    lines.addAll(estimate.lines());
    each(plan.at("patchDiff"), this::difference);
    misfits();
    refusals();
    return lines;
  }

  private void step(Json step) {
    String version = Wording.text(step, "version");
    lines.add(
        "step %s of %s%s starts again in %s"
            .formatted(
                printable(step, "step"),
                printable(step, "workflow"),
                version.isEmpty() ? "" : " " + Printable.line(version),
                Wording.counted(ReplayWords.count(step, "executions"), "execution")));
    if (step.at("kept") instanceof List<?> kept && !kept.isEmpty()) {
      lines.add(
          INDENT
              + Labels.padded(colours, "kept")
              + Printable.line(
                  kept.stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
    Table calls = new Table(colours);
    each(step.at("repeats"), call -> call(calls, call));
    calls.lines().forEach(line -> lines.add(INDENT + line));
  }

  private static void call(Table calls, Json call) {
    boolean sameKey = Boolean.TRUE.equals(call.at("sameKey"));
    calls.rowWith(
        3,
        sameKey ? null : Tone.WAITING,
        "calls",
        Wording.text(call, "kind") + " " + Wording.text(call, "target"),
        String.format(Locale.ROOT, "%,d times", ReplayWords.count(call, "calls")),
        sameKey ? "with the same Idempotency-Key" : "with a new Idempotency-Key");
  }

  private String cost() {
    return Wording.cost(Json.of(Map.of("costMicroUsd", plan.at("estimatedCostMicroUsd"))));
  }

  private String time() {
    return plan.at("estimatedSeconds") instanceof Number seconds
        ? Wording.duration(Math.round(seconds.doubleValue() * SECOND_MS))
        : Wording.text(plan, "estimatedSeconds");
  }

  private void difference(Json each) {
    String path = Wording.text(each, "path");
    String why = Wording.text(each, "why");
    String change =
        path.isEmpty() && each.value() instanceof String text
            ? text
            : "%s: %s → %s"
                .formatted(
                    path.isEmpty() ? "all" : path,
                    Wording.payload(each.at("before")),
                    why.isEmpty() ? Wording.payload(each.at("after")) : "does not apply");
    lines.add(Labels.padded(colours, "patch") + Printable.line(change));
  }

  /** Letters that the patch would not edit, of those that the server has looked at. */
  private void misfits() {
    Json tried = Json.of(plan.at("patchTried"));
    long refused = ReplayWords.count(tried, "refused");
    if (refused > 0) {
      lines.add(
          colours.paint(
              Tone.WAITING,
              Printable.line(
                  String.format(
                      Locale.ROOT,
                      "the patch does not apply to %,d of the first %,d, such as %s: %s",
                      refused,
                      ReplayWords.count(tried, "letters"),
                      Wording.text(tried, "first"),
                      Wording.text(tried, "why")))));
    }
  }

  private void refusals() {
    long all = ReplayWords.count(plan, "letters") - ReplayWords.count(plan, "replayable");
    if (all <= 0 || !(plan.at("refused") instanceof List<?> refused)) {
      return;
    }
    lines.add(
        colours.paint(Tone.WAITING, "%s cannot:".formatted(Wording.counted(all, "dead letter"))));
    Table table = new Table(colours);
    refused.stream()
        .limit(REFUSALS_SHOWN)
        .map(Json::of)
        .forEach(each -> table.row(null, Wording.text(each, "id"), Wording.text(each, "why")));
    table.lines().forEach(line -> lines.add(INDENT + line));
    long more = all - Math.min(REFUSALS_SHOWN, refused.size());
    if (more > 0) {
      lines.add(INDENT + String.format(Locale.ROOT, "and %,d more: -o json", more));
    }
  }

  private static String printable(Json object, String member) {
    return Printable.line(Wording.text(object, member));
  }

  private static void each(Object list, Consumer<Json> part) {
    if (list instanceof List<?> parts) {
      parts.forEach(each -> part.accept(Json.of(each)));
    }
  }
}
