package io.penstock.cli.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.cli.CliException;
import io.penstock.cli.ExitCode;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerOption;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.json.Json;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code penstock apply}: puts definitions into effect. */
@Command(
    name = "apply",
    description = {
      "Puts definitions into effect: all of them, or none if one has a problem.",
      "Returns when every part of the server works with them. A workflow or prompt never changes",
      "under its version: to change one, raise its version."
    },
    footer = {
      "",
      "Examples:",
      "  penstock apply -f workflows/",
      "  penstock apply -f lead.yaml -f apis.yaml --server http://penstock.example:8080",
      "  penstock apply -f workflows/ -o json | jq '.definitions[].result'"
    })
public final class ApplyCommand implements Callable<Integer> {
  /** Above the longest that the server waits for its readers. */
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @Spec private CommandSpec spec;
  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Option(
      names = {"-f", "--file"},
      required = true,
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Files, or directories with .yaml, .yml and .json files.")
  private List<Path> places;

  @Override
  public Integer call() {
    List<DefinitionFile> files = DefinitionFile.in(places);
    Json body = Json.of(Map.of("files", files.stream().map(ApplyCommand::envelope).toList()));
    Answer answer = server.client().post("/definitions", body, LIMIT);
    if (!answer.isSuccess()) {
      printProblems(answer.body());
      throw Refusal.of("cannot apply the definitions", answer);
    }
    if (!(answer.body().at("definitions") instanceof List<?> applied)) {
      throw Refusal.of("cannot tell what was applied", answer);
    }
    if (output.isTable()) {
      applied.forEach(definition -> printApplied(Json.of(definition)));
    } else {
      output.print(spec.commandLine().getOut(), answer.body());
    }
    return answer.body().at("waitingFor") instanceof List<?> late && !late.isEmpty()
        ? tooLate(late)
        : ExitCode.OK;
  }

  private static Map<String, Object> envelope(DefinitionFile file) {
    try {
      String content = UTF_8.newDecoder().decode(ByteBuffer.wrap(file.bytes())).toString();
      return Map.of("name", file.name(), "content", content);
    } catch (CharacterCodingException e) {
      throw new CliException(
          ExitCode.INVALID, file.name() + ":1:1: the file is not UTF-8; save it as UTF-8");
    }
  }

  private void printApplied(Json definition) {
    String version = definition.at("version") == null ? "" : "@" + definition.at("version");
    spec.commandLine()
        .getOut()
        .println(
            Printable.line(
                "%s %s%s %s"
                    .formatted(
                        definition.at("kind"),
                        definition.at("name"),
                        version,
                        definition.at("result"))));
  }

  private void printProblems(Json problem) {
    if (problem.at("problems") instanceof List<?> problems) {
      PrintWriter err = spec.commandLine().getErr();
      problems.forEach(each -> err.println(Printable.line(line(Json.of(each)))));
    }
  }

  private static String line(Json problem) {
    return ProblemLine.of(
        text(problem, "file"),
        number(problem, "line"),
        number(problem, "column"),
        text(problem, "path"),
        text(problem, "message"));
  }

  private static String text(Json object, String member) {
    return object.at(member) instanceof String text ? text : "";
  }

  private static long number(Json object, String member) {
    return object.at(member) instanceof Long number ? number : 0;
  }

  private int tooLate(List<?> readers) {
    spec.commandLine()
        .getErr()
        .println(
            Printable.line(
                "stored, but these do not work with it yet: %s; they will, or apply again to wait once more"
                    .formatted(String.join(", ", readers.stream().map(String::valueOf).toList()))));
    return ExitCode.TIMEOUT;
  }
}
