package io.penstock.cli.replay;

import io.penstock.cli.execution.Wording;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.output.PageOptions;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Table;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists replays, with a word for it or without. */
abstract class ListsReplays implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;
  @Mixin private PageOptions page;

  @Override
  public final void run() {
    Map<String, String> query = new LinkedHashMap<>();
    page.addTo(query);
    Json answer = new Replays(server.client()).page("", "replays", query, "cannot list replays");
    PrintWriter out = spec.commandLine().getOut();
    if (!output.isTable()) {
      output.print(out, answer);
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    List<?> replays = (List<?>) answer.at("replays");
    table(replays).lines().forEach(out::println);
    if (replays.isEmpty()) {
      err.println("no replays");
    }
    PageOptions.tellOfMore(answer, err);
  }

  private static Table table(List<?> replays) {
    Table table = new Table(Colours.ofProcess());
    if (!replays.isEmpty()) {
      table.row(Colours.Tone.FAINT, "ID", "STATUS", "BEGUN", "BY", "SELECTION", "LETTERS");
    }
    for (Object each : replays) {
      Json replay = Json.of(each);
      table.rowWith(
          1,
          ReplayWords.tone(replay),
          Wording.text(replay, "id"),
          ReplayWords.status(replay),
          Wording.text(replay, "createdAt"),
          Wording.text(replay, "by"),
          ReplayWords.selection(replay),
          ReplayWords.progress(replay));
    }
    return table;
  }
}
