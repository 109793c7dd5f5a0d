package io.penstock.cli.execution;

import io.penstock.cli.DurationArgument;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock executions list}. */
@Command(
    name = "list",
    description = "Lists executions, the newest first.",
    footer = {
      "",
      "Examples:",
      "  penstock executions list",
      "  penstock executions list --workflow lead-qualification --since 24h",
      "  penstock executions list --waiting-longer-than 15m",
      "  penstock executions list --status suspended -o json | jq -r '.executions[].id'"
    })
public final class ListCommand implements Runnable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int STATUS_COLUMN = 1;

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Option(names = "--workflow", paramLabel = "NAME", description = "Only of this workflow.")
  private String workflow;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "Only in this status: running, waiting, paused, suspended, completed, cancelled or failed.")
  private String status;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those that began then or later: " + TimeArgument.ACCEPTED + ".")
  private String since;

  @Option(
      names = "--waiting-longer-than",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      description =
          "Only those that wait, or are suspended or paused, for longer than this, such as 15m.")
  private Optional<Duration> waitingLongerThan;

  @Mixin private PageOptions page;

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("workflow", workflow);
    query.put("status", status == null ? null : status.toUpperCase(Locale.ROOT));
    query.put("since", TimeArgument.instant(spec.commandLine(), "--since", since));
    query.put("waitingLongerThan", waitingLongerThan.map(Duration::toString).orElse(null));
    page.addTo(query);
    Answer answer = server.client().get("/api/executions", query, LIMIT);
    if (!answer.isSuccess() || !(answer.body().at("executions") instanceof List<?> executions)) {
      throw Refusal.of("cannot list executions", answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!output.isTable()) {
      output.print(out, answer.body());
      return;
    }
    table(executions).lines().forEach(out::println);
    if (executions.isEmpty()) {
      spec.commandLine().getErr().println("no executions");
    }
    PageOptions.tellOfMore(answer.body(), spec.commandLine().getErr());
  }

  private static Table table(List<?> executions) {
    Table table = new Table(Colours.ofProcess());
    table.row(Colours.Tone.FAINT, "ID", "STATUS", "STARTED", "TOOK", "COST", "NOTE");
    for (Object each : executions) {
      Json execution = Json.of(each);
      String status = Wording.text(execution, "status");
      table.rowWith(
          STATUS_COLUMN,
          Wording.tone(status),
          Wording.text(execution, "id"),
          status,
          Wording.text(execution, "startedAt"),
          Wording.duration(execution.at("durationMs")),
          Wording.cost(Json.of(execution.at("consumption"))),
          note(execution));
    }
    return table;
  }

  private static String note(Json execution) {
    String error = Wording.error(execution.at("error"));
    if (!(execution.at("waitsFor") instanceof List<?> waits) || waits.isEmpty()) {
      return error;
    }
    return Wording.waitsFor(Json.of(waits.getFirst())) + (error.isEmpty() ? "" : "; " + error);
  }
}
