package io.penstock.cli.output;

import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Option;

/** A part of a list that may be very long. */
public final class PageOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many, 1 to 200 (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "PLACE",
      description = "Go on where a list before ended; it says how.")
  private String after;

  /** Adds the parameters of the query. */
  public void addTo(Map<String, String> query) {
    query.put("limit", Integer.toString(limit));
    query.put("after", after);
  }

  /** Says how to go on, if there is more. */
  public static void tellOfMore(Json page, PrintWriter err) {
    if (page.at("next") instanceof String next) {
      err.println("there are more: --after " + Printable.line(next));
    }
  }
}
