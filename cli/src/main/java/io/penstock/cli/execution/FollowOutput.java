package io.penstock.cli.execution;

import io.penstock.cli.output.OutputOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;

/**
 * Writes a followed execution while it happens: plain lines, one after the other, so that a pipe or
 * a file gets the same as a terminal.
 */
public final class FollowOutput {
  private final String id;
  private final PrintWriter out;
  private final OutputOption output;
  private final Colours colours;
  private final EventLines lines;
  private final FollowSummary summary;

  public FollowOutput(String id, PrintWriter out, OutputOption output, boolean everyRound) {
    this.id = id;
    this.out = out;
    this.output = output;
    this.colours = Colours.ofProcess();
    this.lines = new EventLines(colours, everyRound);
    this.summary = new FollowSummary(id);
  }

  /** Takes the next record of history. */
  public void record(Json record) {
    summary.count(record);
    if (output.isTable()) {
      lines.of(record).forEach(out::println);
      out.flush();
    } else {
      output.printNext(out, record);
    }
  }

  /** Ends with a summary. */
  public void end(String status) {
    if (!output.isTable()) {
      output.printNext(out, summary.json(status));
      return;
    }
    lines.last().forEach(out::println);
    out.println();
    Colours.Tone tone = Wording.tone(status);
    out.print(colours.paint(Colours.Tone.STRONG, Printable.line(id)) + "  ");
    out.print(tone == null ? status : colours.paint(tone, status));
    out.print(" ");
    summary.lines().forEach(line -> out.println(Printable.line(line)));
    out.flush();
  }
}
