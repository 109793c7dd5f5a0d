package io.penstock.cli.letter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.cli.execution.Wording;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code penstock dlq export}. */
@Command(
    name = "export",
    description = {
      "Prints whole dead letters, one as JSON in each line: key, value and headers as Base64.",
      "However many there are: they go through line by line. Exit code 1 if it breaks off."
    },
    footer = {
      "",
      "Examples:",
      "  penstock dlq export --group GROUP > letters.jsonl",
      "  penstock dlq export --since 24h | jq -r '.value | @base64d'",
      "  penstock dlq export --status discarded | gzip > discarded.jsonl.gz"
    })
public final class ExportCommand implements Runnable {
  /** Until the first byte. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private LetterFilter filter;

  private long exported;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Answer answer =
        server
            .client()
            .lines("/api/dead-letters/export", filter.members(), LIMIT, line -> export(line, out));
    if (!answer.isSuccess()) {
      throw Refusal.of("cannot export dead letters", answer);
    }
    out.flush();
    spec.commandLine().getErr().println("exported " + Wording.counted(exported, "dead letter"));
  }

  private boolean export(String line, PrintWriter out) {
    if (line.isBlank()) {
      return true;
    }
    out.println(Printable.json(letter(line)));
    exported++;
    return !out.checkError(); // a pipe whose reader has gone wants no more
  }

  /** The same line, if it is a whole object. */
  private String letter(String line) {
    try {
      if (Json.parse(line.getBytes(UTF_8)).at("id") != null) {
        return line;
      }
    } catch (JsonProcessingException e) {
      // Told below, without quoting what may be anything.
    }
    throw new CliException(
        ExitCode.SOFTWARE,
        "cannot export dead letters: what comes behind the first %d is no dead letter; is this a Penstock server?"
            .formatted(exported));
  }
}
