package io.penstock.cli.execution;

import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock executions show}. */
@Command(
    name = "show",
    description = "Shows how one execution went: steps, attempts, errors, tokens, cost.",
    footer = {
      "",
      "Examples:",
      "  penstock executions show lead-qualification~0k3v…",
      "  penstock executions show ID -o json --history | jq '.history[].facts[].type'"
    })
public final class ShowCommand implements Runnable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Parameters(paramLabel = "ID", description = "Of the execution, as in the list.")
  private String id;

  @Option(
      names = "--history",
      description = "With -o json: every decision that was made, in order.")
  private boolean history;

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("history", history && output.isJson() ? "true" : null);
    Answer answer = server.client().get("/api/executions/" + ServerClient.encode(id), query, LIMIT);
    if (!answer.isSuccess() || answer.body().at("id") == null) {
      throw Refusal.of("cannot show execution '" + id + "'", answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      out.println(Printable.json(answer.body().toString()));
    } else {
      new Timeline(answer.body(), Colours.ofProcess()).lines().forEach(out::println);
    }
  }
}
