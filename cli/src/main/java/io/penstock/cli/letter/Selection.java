package io.penstock.cli.letter;

import io.penstock.cli.completion.Offered;
import io.penstock.cli.execution.Wording;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The dead letters that something is to be done with: named one by one, or by what they have in
 * common. Nothing at all is a mistake, never everything.
 */
public final class Selection {
  private static final String OPEN = "open";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      completionCandidates = Offered.Letters.class,
      description = "Of dead letters, as in 'penstock dlq list'; or use filters.")
  private List<String> ids = new ArrayList<>();

  @Mixin private LetterFilter filter;

  @Option(names = "--all", description = "Every one that is open.")
  private boolean all;

  /**
   * As the server takes it: {@code {"ids":[…]}}, {@code {"group":"…"}} or {@code {"filter":{…}}}.
   */
  public Map<String, Object> json() {
    Map<String, String> members = members();
    if (!ids.isEmpty()) {
      return Map.of("ids", List.copyOf(new LinkedHashSet<>(ids)));
    }
    return members.keySet().equals(Set.of("group"))
        ? Map.of("group", members.get("group"))
        : Map.of("filter", members);
  }

  /** In words, e.g. {@code 2 dead letters}, {@code the dead letters with workflow lead}. */
  public String words() {
    Map<String, String> members = members();
    if (!ids.isEmpty()) {
      return Wording.counted(new LinkedHashSet<>(ids).size(), "dead letter");
    }
    return all
        ? "all dead letters that are open"
        : members.entrySet().stream()
            .map(member -> member.getKey() + " " + member.getValue())
            .collect(Collectors.joining(", ", "the dead letters with ", ""));
  }

  private Map<String, String> members() {
    Map<String, String> members = filter.members();
    int ways = (ids.isEmpty() ? 0 : 1) + (members.isEmpty() ? 0 : 1) + (all ? 1 : 0);
    if (ways == 0) {
      throw new ParameterException(
          spec.commandLine(),
          "which dead letters? Name ids, --group GROUP or other filters; --all takes every one that is open");
    }
    if (ways > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "write ids, or filters, or --all: together they say different things");
    }
    return all ? Map.of("status", OPEN) : members;
  }
}
