package io.penstock.cli.execution;

import io.penstock.cli.output.OutputOption;
import io.penstock.cli.server.Answer;
import io.penstock.cli.server.Refusal;
import io.penstock.cli.server.ServerOption;
import io.penstock.schema.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an operator wishes of executions, and what all such commands have in common. */
final class Wish {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MOST = 500;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  @Parameters(arity = "1..*", paramLabel = "ID", description = "Of the executions, up to 500.")
  private List<String> executions;

  @Option(names = "--reason", paramLabel = "TEXT", description = "For history: why.")
  private String reason;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "For history: who (default: the name you are logged in by).")
  private String by;

  /**
   * @param more members of each wish, besides what every one has
   */
  void send(String verb, Map<String, Object> more) {
    if (executions.size() > MOST) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "%d executions; at most %d at once".formatted(executions.size(), MOST));
    }
    Json wishes =
        Json.of(Map.of("controls", executions.stream().map(id -> wish(verb, id, more)).toList()));
    Answer answer = server.client().post("/controls", wishes, LIMIT);
    if (!answer.isSuccess() || !(answer.body().at("accepted") instanceof Long accepted)) {
      throw Refusal.of("cannot " + verb, answer);
    }
    if (!output.isTable()) {
      output.print(spec.commandLine().getOut(), answer.body());
    }
    spec.commandLine()
        .getErr()
        .println(
            "%s asked for: whether it applies tells 'penstock executions show ID --follow'"
                .formatted(Wording.counted(accepted, verb)));
  }

  private Map<String, Object> wish(String verb, String execution, Map<String, Object> more) {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("id", UUID.randomUUID().toString());
    wish.put("execution", execution);
    wish.put("verb", verb);
    wish.put("by", by == null ? System.getProperty("user.name", "unknown") : by);
    wish.put("reason", reason == null ? "" : reason);
    wish.putAll(more);
    return wish;
  }
}
