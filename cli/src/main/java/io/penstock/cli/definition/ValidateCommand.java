package io.penstock.cli.definition;

import io.penstock.cli.ExitCode;
import io.penstock.cli.output.OutputOption;
import io.penstock.cli.terminal.Printable;
import io.penstock.schema.language.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock validate}: are these definitions right? */
@Command(
    name = "validate",
    description = {
      "Checks definitions without a server.",
      "Everything that one file alone and all of them together can tell is checked: spelling, types,",
      "expressions, references to steps and to other definitions."
    },
    footer = {
      "",
      "Examples:",
      "  penstock validate workflows/",
      "  penstock validate lead.yaml apis.yaml",
      "  penstock validate -o json workflows/ | jq '.problems[].message'"
    })
public final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Files, or directories with .yaml, .yml and .json files.")
  private List<Path> places;

  @Override
  public Integer call() {
    Validation result = Validation.of(DefinitionFile.in(places));
    if (output.isTable()) {
      printText(result);
    } else {
      output.print(spec.commandLine().getOut(), forPrograms(result));
    }
    return result.problems().isEmpty() ? ExitCode.OK : ExitCode.INVALID;
  }

  private void printText(Validation result) {
    for (Problem problem : result.problems()) {
      spec.commandLine().getErr().println(Printable.line(ProblemLine.of(problem)));
    }
    String summary =
        "%s in %s, %s"
            .formatted(
                counted(result.definitions(), "definition"),
                counted(result.files(), "file"),
                counted(result.problems().size(), "problem"));
    if (result.problems().isEmpty()) {
      spec.commandLine().getOut().println(summary);
    } else {
      spec.commandLine().getErr().println(summary);
    }
  }

  private static String counted(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static Map<String, Object> forPrograms(Validation result) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("valid", result.problems().isEmpty());
    body.put("files", result.files());
    body.put("definitions", result.definitions());
    body.put("problems", result.problems());
    return body;
  }
}
