package io.penstock.cli.replay;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.cli.OperatorOptions;
import io.penstock.cli.execution.Wording;
import io.penstock.cli.letter.Selection;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Confirmation;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock dlq replay}. */
@Command(
    name = "replay",
    description = {
      "Tries dead letters again: the same executions go on at the step that failed.",
      "What was finished before is kept. On a terminal it first shows what would happen and asks;",
      "elsewhere it wants --dry-run or --yes. The server does it by itself, also when you go away.",
      "It sends the sample first, then goes on faster and faster up to the rate, and stops by itself",
      "when too many fail again. To press twice does no harm: what is under way is not sent again.",
      "Exit code with --follow or --wait: 1 if it stopped, was cancelled, or something failed again;",
      "4 if nothing is left to replay; 6 if it has not ended in time."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock dlq replay --group GROUP --dry-run",
      "  penstock dlq replay --group GROUP --sample 5 --max-failures 3 --rate 10/s --follow",
      "  penstock dlq replay enrich-0-17 enrich-0-18 --yes --wait",
      "  penstock dlq replay --group GROUP --to-version 1.0.1 --dry-run",
      "  penstock dlq replay enrich-0-17 --dry-run \\",
      "      --patch '[{\"op\":\"replace\",\"path\":\"/input/amount\",\"value\":5}]'"
    })
public final class ReplayCommand implements Callable<Integer> {
  /** Whom to ask; another one in tests. */
  Confirmation confirmation = Confirmation.ofProcess();

  @Spec private CommandSpec spec;
  @Mixin private Selection selection;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only show what would happen: steps, calls, cost, time.")
  private boolean dryRun;

  @Option(
      names = {"--patch", "--edit"},
      paramLabel = "FILE|JSON",
      description =
          "Change the data that the step sees by this JSON Patch: [...], a file, or - for stdin. Its call gets a new Idempotency-Key then. Of a record that nobody could read: the value.")
  private String patch;

  @Option(
      names = "--to-version",
      paramLabel = "V",
      description = "Go on with this version of the workflow instead of the one it began with.")
  private String toVersion;

  @Option(
      names = "--rate",
      paramLabel = "N/s|N/min",
      description = "At most so many in a time, such as 10/s or 30/min (default: 10/s).")
  private String rate;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Send so many first, and the rest only if all of these go well (default: 5).")
  private Integer sample;

  @Option(
      names = "--max-failures",
      paramLabel = "N",
      description = "Stop as soon as so many have failed again (default: 3).")
  private Integer maxFailures;

  @Mixin private OperatorOptions operator;
  @Mixin private FollowOptions following;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    following.check();
    Map<String, Object> body = body();
    Replays replays = new Replays(server.client());
    if (dryRun) {
      print(replays.plan(body, selection.words()));
      return ExitCode.OK;
    }
    if (!yes && !agreed(replays.plan(askable(body), selection.words()))) {
      tell("nothing was replayed");
      return ExitCode.SOFTWARE;
    }
    Json begun = replays.start(body, selection.words());
    if (!following.isWanted()) {
      return following.show(begun, output);
    }
    String id = Wording.text(begun, "id");
    tell("replay %s goes on also without you: Ctrl-C ends only the telling".formatted(id));
    return following.follow(id, true, replays, output);
  }

  private Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("selection", selection.json());
    operator.addTo(body);
    if (patch != null) {
      body.put("patch", PatchArgument.read(patch, System.in).value());
    }
    body.put("version", toVersion);
    body.put("rate", rate);
    body.put("sample", sample);
    body.put("maxFailures", maxFailures);
    body.values().removeIf(Objects::isNull);
    return body;
  }

  /** Refuses before the server is asked, if nobody could answer the question. */
  private Map<String, Object> askable(Map<String, Object> body) {
    if (!confirmation.isPossible()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is nobody to ask here: --dry-run shows what would happen, --yes does it");
    }
    return body;
  }

  private boolean agreed(Json plan) {
    PrintWriter err = spec.commandLine().getErr();
    new PlanText(plan, Colours.ofProcess()).lines().forEach(err::println);
    long replayable = plan.at("replayable") instanceof Long count ? count : 0;
    if (replayable == 0) {
      throw new CliException(
          ExitCode.CONFLICT,
          "nothing is left to replay: " + PlanText.firstRefusal(plan, "none of these is open"));
    }
    return confirmation.agrees(
        "Replay %s?".formatted(Wording.counted(replayable, "dead letter")), err);
  }

  private void print(Json plan) {
    PrintWriter out = spec.commandLine().getOut();
    if (!output.isTable()) {
      output.print(out, plan);
      return;
    }
    new PlanText(plan, Colours.ofProcess()).lines().forEach(out::println);
    tell("nothing was done. To do it, repeat this without --dry-run");
  }

  private void tell(String message) {
    spec.commandLine().getErr().println(Printable.line(message));
  }
}
