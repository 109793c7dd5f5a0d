package io.penstock.standalone.demo;

import io.penstock.standalone.demo.ExecutionProgress.StepProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One lead as one line: who, and the steps of its execution so far. */
final class LeadLine {
  static final int NAME_WIDTH = 12;
  private static final String INDENT = "  ";

  /** Narrow, so that all steps of a lead fit the 80 columns of a small terminal. */
  private static final String GAP = " ";

  private static final String ROUTE_STEP = "pipeline";
  private static final String SCORE_STEP = "score";

  private final Style style;
  private final int columns;

  /**
   * @param columns no line gets longer: parts at its end are left out
   */
  LeadLine(Style style, int columns) {
    this.style = style;
    this.columns = columns;
  }

  /** A piece of the line: as it is counted, and as it is shown. */
  private record Part(String plain, String shown) {}

  String of(String name, ExecutionProgress progress) {
    StringBuilder line = new StringBuilder(INDENT).append(padded(name, NAME_WIDTH));
    int length = line.length();
    for (Part part : parts(progress)) {
      length += GAP.length() + part.plain().length();
      if (length > columns) {
        break;
      }
      line.append(GAP).append(part.shown());
    }
    return line.toString();
  }

  private List<Part> parts(ExecutionProgress progress) {
    List<Part> parts = new ArrayList<>();
    if (progress.steps().isEmpty()) {
      String status = progress.status().toLowerCase(Locale.ROOT);
      parts.add(new Part(status, style.faint(status)));
    }
    for (StepProgress step : progress.steps()) {
      parts.add(part(step, progress));
    }
    if (progress.hasEnded() && !progress.hasCompleted()) {
      parts.add(new Part(progress.status(), style.bad(progress.status())));
    }
    return parts;
  }

  private Part part(StepProgress step, ExecutionProgress progress) {
    Optional<String> route = progress.route();
    if (step.name().equals(ROUTE_STEP) && route.isPresent()) {
      String text = style.to() + route.get();
      return new Part(text, text);
    }
    String score =
        step.name().equals(SCORE_STEP)
            ? progress.score().map(value -> " " + number(value)).orElse("")
            : "";
    String again = step.attempts() > 1 ? " x" + step.attempts() : "";
    String text = step.name() + score + again;
    if (step.caught() && step.status().equals("COMPLETED")) {
      return new Part(style.caught() + text, style.pending(style.caught()) + text);
    }
    return switch (step.status()) {
      case "COMPLETED" -> new Part(style.done() + text, style.good(style.done()) + text);
      case "WAITING" -> new Part(style.waiting() + text, style.pending(style.waiting() + text));
      case "FAILED", "CANCELLED" ->
          new Part(style.failed() + text, style.bad(style.failed() + text));
      default -> new Part(style.moving() + text, style.pending(style.moving() + text));
    };
  }

  /** Whole numbers without a point. */
  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString(Math.round(value))
        : String.format(Locale.ROOT, "%.1f", value);
  }

  static String padded(String text, int width) {
    return text.length() > width
        ? text.substring(0, width)
        : text + " ".repeat(width - text.length());
  }
}
