package io.penstock.cli.letter;

import io.penstock.cli.ExitCode;
import io.penstock.cli.OperatorOptions;
import io.penstock.cli.execution.Wording;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Confirmation;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code penstock dlq discard}. */
@Command(
    name = "discard",
    description = {
      "Takes dead letters off the list of what is open, with name and reason.",
      "Nothing is deleted and nothing is cancelled: a suspended execution stays as it is. To end it,",
      "use 'penstock executions cancel'. To keep the letters elsewhere first, use 'dlq export'."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  penstock dlq discard enrich-0-17 --reason 'test order'",
      "  penstock dlq discard --group GROUP --reason 'customer was called' --yes"
    })
public final class DiscardCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Whom to ask; another one in tests. */
  Confirmation confirmation = Confirmation.ofProcess();

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;
  @Mixin private Selection selection;
  @Mixin private OperatorOptions operator;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("selection", selection.json());
    operator.addTo(body);
    PrintWriter err = spec.commandLine().getErr();
    if (!yes && !agreed(err)) {
      err.println("nothing was discarded");
      return ExitCode.SOFTWARE;
    }
    Answer answer = server.client().post("/api/dead-letters/discard", Json.of(body), LIMIT);
    if (!answer.isSuccess() || !(answer.body().at("discarded") instanceof Long discarded)) {
      throw Refusal.of("cannot discard " + selection.words(), answer);
    }
    if (output.isTable()) {
      spec.commandLine().getOut().println(said(discarded));
    } else {
      output.print(spec.commandLine().getOut(), answer.body());
    }
    return ExitCode.OK;
  }

  private boolean agreed(PrintWriter err) {
    if (!confirmation.isPossible()) {
      throw new ParameterException(
          spec.commandLine(),
          "there is nobody to ask here: look with 'penstock dlq list', then repeat this with --yes");
    }
    return confirmation.agrees(
        "Discard %s? Their executions stay as they are.".formatted(selection.words()), err);
  }

  private static String said(long discarded) {
    return discarded == 0
        ? "nothing is left to discard: none of these is open"
        : "discarded " + Wording.counted(discarded, "dead letter");
  }
}
