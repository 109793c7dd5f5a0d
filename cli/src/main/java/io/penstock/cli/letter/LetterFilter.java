package io.penstock.cli.letter;

import io.penstock.cli.completion.Offered;
import io.penstock.cli.execution.TimeArgument;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which dead letters: the same options on every command. Those that are given all have to fit. */
final class LetterFilter {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      completionCandidates = Offered.Groups.class,
      description = "Only of this group, as in 'penstock dlq groups'.")
  private String group;

  @Option(names = "--workflow", paramLabel = "NAME", description = "Only of this workflow.")
  private String workflow;

  @Option(
      names = "--workflow-version",
      paramLabel = "V",
      description = "Only of executions with this version of their workflow.")
  private String version;

  @Option(names = "--step", paramLabel = "STEP", description = "Only of this step.")
  private String step;

  @Option(
      names = "--error",
      paramLabel = "TYPE",
      description = "Only with this type of error, such as timeout or validation.")
  private String errorType;

  @Option(
      names = "--kind",
      paramLabel = "step|record",
      description = "step: its attempts are used up; record: nobody could read it.")
  private String kind;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description =
          "In this status instead of open: replaying, resolved, discarded, parked (replayed too often), or all.")
  private String status;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only with these words in what they say.")
  private String text;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only of then or later: " + TimeArgument.ACCEPTED + ".")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only from before, written so too.")
  private String until;

  /** What is asked for, as parameters of a query and as members of a selection alike. */
  Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("workflow", workflow);
    members.put("version", version);
    members.put("step", step);
    members.put("errorType", errorType);
    members.put("group", group);
    members.put("kind", lowerCase(kind));
    members.put("status", lowerCase(status));
    members.put("text", text);
    members.put("from", TimeArgument.instant(spec.commandLine(), "--since", since));
    members.put("until", TimeArgument.instant(spec.commandLine(), "--until", until));
    members.values().removeIf(Objects::isNull);
    return members;
  }

  private static String lowerCase(String word) {
    return word == null ? null : word.toLowerCase(Locale.ROOT);
  }
}
