package io.penstock.cli.letter;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.output.PageOptions;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
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
import picocli.CommandLine.Spec;

/** {@code penstock dlq list}. */
@Command(
    name = "list",
    description = {
      "Lists dead letters, the newest first: those that are open, unless --status says otherwise.",
      "To begin with, 'penstock dlq groups' is shorter."
    },
    footer = {
      "",
      "Examples:",
      "  penstock dlq list",
      "  penstock dlq list --workflow order --step charge --error timeout --since 2h",
      "  penstock dlq list --status parked",
      "  penstock dlq list --group GROUP --limit 200 -o json | jq -r '.deadLetters[].execution'"
    })
public final class ListCommand implements Runnable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;
  @Mixin private LetterFilter filter;
  @Mixin private PageOptions page;

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>(filter.members());
    page.addTo(query);
    Answer answer = server.client().get("/api/dead-letters", query, LIMIT);
    if (!answer.isSuccess() || !(answer.body().at("deadLetters") instanceof List<?> letters)) {
      throw Refusal.of("cannot list dead letters", answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!output.isTable()) {
      output.print(out, answer.body());
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    table(letters).lines().forEach(out::println);
    if (letters.isEmpty()) {
      err.println("no dead letters");
    }
    PageOptions.tellOfMore(answer.body(), err);
  }

  /** Also for others that show a part of it. */
  static Table table(List<?> letters) {
    Table table = new Table(Colours.ofProcess());
    if (!letters.isEmpty()) {
      table.row(Colours.Tone.FAINT, "ID", "AT", "STATUS", "EXECUTION", "STEP", "ERROR", "CAUSE");
    }
    for (Object each : letters) {
      Json letter = Json.of(each);
      String status = Wording.text(letter, "status");
      table.rowWith(
          2,
          LetterWords.tone(status),
          Wording.text(letter, "id"),
          Wording.text(letter, "at"),
          status,
          LetterWords.where(letter),
          Wording.text(letter, "path"),
          Wording.text(letter, "reason"),
          LetterWords.shortened(Wording.text(letter, "cause")));
    }
    return table;
  }
}
