package io.penstock.cli.letter;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.output.PageOptions;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock dlq groups}. */
@Command(
    name = "groups",
    description = {
      "Lists what fails: dead letters of the same step, error, message and workflow version as one.",
      "How many are open, since when, and what their attempts have cost."
    },
    footer = {
      "",
      "Examples:",
      "  penstock dlq groups",
      "  penstock dlq groups --workflow order --all",
      "  penstock dlq groups -o json | jq -r '.groups[] | select(.open > 100) | .group'"
    })
public final class GroupsCommand implements Runnable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int OPEN_COLUMN = 1;

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;
  @Mixin private PageOptions page;

  @Option(names = "--workflow", paramLabel = "NAME", description = "Only of this workflow.")
  private String workflow;

  @Option(names = "--step", paramLabel = "STEP", description = "Only of this step.")
  private String step;

  @Option(names = "--error", paramLabel = "TYPE", description = "Only with this type of error.")
  private String errorType;

  @Option(names = "--all", description = "Also those of which nothing is open any more.")
  private boolean all;

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("workflow", workflow);
    query.put("step", step);
    query.put("errorType", errorType);
    query.put("status", all ? "all" : null);
    page.addTo(query);
    Answer answer = server.client().get("/api/dead-letters/groups", query, LIMIT);
    if (!answer.isSuccess() || !(answer.body().at("groups") instanceof List<?> groups)) {
      throw Refusal.of("cannot list groups of dead letters", answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!output.isTable()) {
      output.print(out, answer.body());
      return;
    }
    table(groups).lines().forEach(out::println);
    tell(groups, answer.body());
  }

  private void tell(List<?> groups, Json page) {
    PrintWriter err = spec.commandLine().getErr();
    if (groups.isEmpty()) {
      err.println("no dead letters");
      return;
    }
    PageOptions.tellOfMore(page, err);
    String first = Printable.line(Wording.text(Json.of(groups.getFirst()), "group"));
    err.println("next: penstock dlq list --group " + first);
  }

  private static Table table(List<?> groups) {
    Table table = new Table(Colours.ofProcess());
    if (!groups.isEmpty()) {
      table.row(
          Colours.Tone.FAINT,
          "GROUP",
          "OPEN",
          "TOTAL",
          "WORKFLOW",
          "STEP",
          "ERROR",
          "FIRST SEEN",
          "LAST SEEN",
          "COST",
          "MESSAGE");
    }
    for (Object each : groups) {
      Json group = Json.of(each);
      table.rowWith(
          OPEN_COLUMN,
          Long.valueOf(0).equals(group.at("open")) ? null : Colours.Tone.BAD,
          Wording.text(group, "group"),
          Wording.text(group, "open"),
          Wording.text(group, "total"),
          LetterWords.whose(group),
          Wording.text(group, "step"),
          LetterWords.error(group),
          Wording.text(group, "firstSeen"),
          Wording.text(group, "lastSeen"),
          Wording.cost(group),
          LetterWords.shortened(Wording.text(group, "message")));
    }
    return table;
  }
}
