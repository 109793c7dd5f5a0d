package io.penstock.cli.letter;

import io.penstock.cli.completion.Offered;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerClient;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Colours;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock dlq show}. */
@Command(
    name = "show",
    description = {
      "Shows everything about one dead letter: why, where, what it held.",
      "Payloads are shown as they are: mind who looks over your shoulder."
    },
    footer = {
      "",
      "Examples:",
      "  penstock dlq show enrich-0-17",
      "  penstock dlq show enrich-0-17 -o json | jq -r .value"
    })
public final class ShowCommand implements Runnable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Topic, partition, offset. Behind the address of letters stand others, such as their export. */
  private static final Pattern LETTER = Pattern.compile(".+-\\d+-\\d+");

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Parameters(
      paramLabel = "ID",
      completionCandidates = Offered.Letters.class,
      description = "Of the dead letter, as in the list.")
  private String id;

  @Override
  public void run() {
    if (!LETTER.matcher(id).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "'%s' is no dead letter's id, such as enrich-0-17: 'penstock dlq list' shows them"
              .formatted(id));
    }
    Answer answer =
        server.client().get("/api/dead-letters/" + ServerClient.encode(id), Map.of(), LIMIT);
    if (!answer.isSuccess() || answer.body().at("id") == null) {
      throw Refusal.of("cannot show dead letter '" + id + "'", answer);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (!output.isTable()) {
      output.print(out, answer.body());
      return;
    }
    LetterText letter = new LetterText(answer.body(), Colours.ofProcess());
    letter.lines().forEach(out::println);
    letter.next().forEach(spec.commandLine().getErr()::println);
  }
}
