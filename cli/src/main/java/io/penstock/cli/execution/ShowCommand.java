package io.penstock.cli.execution;

import io.penstock.cli.Deadline;
import io.penstock.cli.DurationArgument;
import io.penstock.cli.ExitCode;
import io.penstock.cli.completion.Offered;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock executions show}. */
@Command(
    name = "show",
    description = {
      "Shows how one execution went: steps, attempts, errors, tokens, cost.",
      "With --follow it tells what happens while it happens, until the execution has ended. A",
      "server that restarts meanwhile is waited for. Of a foreach the rounds are counted, not",
      "listed, unless you ask for --all.",
      "Exit code 1 if a followed execution ends otherwise than COMPLETED, 6 if it has not ended in time."
    },
    footer = {
      "",
      "Examples:",
      "  penstock executions show lead-qualification~0k3v…",
      "  penstock executions show ID --follow",
      "  penstock executions show ID --follow --timeout 5m -o json > history.jsonl",
      "  penstock executions show ID --all | grep FAILED",
      "  penstock executions show ID -o json --history | jq '.history[].facts[].type'"
    })
public final class ShowCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Parameters(
      paramLabel = "ID",
      completionCandidates = Offered.Executions.class,
      description = "Of the execution, as in the list.")
  private String id;

  @Option(
      names = {"-f", "--follow"},
      description = "Tell what happens from its beginning on, until it has ended.")
  private boolean follow;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = DurationArgument.class,
      description = "With --follow: how long, such as 30s or 5m (default: as long as it takes).")
  private Optional<Duration> timeout;

  @Option(names = "--all", description = "Every step of every round of a foreach.")
  private boolean all;

  @Option(
      names = "--history",
      description = "With -o json or yaml: the first of the decisions that were made, in order.")
  private boolean history;

  @Override
  public Integer call() {
    if (follow) {
      refuseWithFollow("--history", history);
      return follow();
    }
    if (timeout.isPresent()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--timeout is for --follow: without it nothing is waited for");
    }
    ServerClient client = server.client();
    Json execution = execution(client);
    PrintWriter out = spec.commandLine().getOut();
    AllSteps steps = new AllSteps(client, id);
    if (output.isTable()) {
      printTable(execution, steps, out);
    } else if (all) {
      new WholeExecution(execution, output.form()).print(steps, out);
    } else {
      output.print(out, execution);
    }
    tellOfMore(execution);
    return ExitCode.OK;
  }

  private void refuseWithFollow(String option, boolean given) {
    if (given) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          option + " cannot be followed; --follow -o json prints all of history, record by record");
    }
  }

  private int follow() {
    FollowOutput shown = new FollowOutput(id, spec.commandLine().getOut(), output, all);
    FollowedExecution followed =
        new FollowedExecution(server.client(), id, Deadline.in(timeout), false, this::tell);
    String status = followed.follow(shown::record);
    shown.end(status);
    return ExitCode.ofEnd(status);
  }

  private Json execution(ServerClient client) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("history", history && !output.isTable() ? "true" : null);
    Answer answer = client.get("/api/executions/" + ServerClient.encode(id), query, LIMIT);
    if (!answer.isSuccess() || answer.body().at("id") == null) {
      throw Refusal.of("cannot show execution '" + id + "'", answer);
    }
    return answer.body();
  }

  private void printTable(Json execution, AllSteps steps, PrintWriter out) {
    Timeline timeline = new Timeline(execution, Colours.ofProcess());
    timeline.head().forEach(out::println);
    if (all) {
      steps.each(step -> timeline.step(step).forEach(out::println));
    } else {
      timeline.steps(steps).forEach(out::println);
    }
    timeline.end().forEach(out::println);
  }

  private void tellOfMore(Json execution) {
    if (!all && execution.at("stepsNext") != null) {
      tell("there are more steps: --all");
    }
    if (execution.at("historyNext") != null) {
      tell("there is more history: '--follow -o json' prints all of it");
    }
  }

  private void tell(String message) {
    spec.commandLine().getErr().println(Printable.line(message));
    spec.commandLine().getErr().flush();
  }
}
