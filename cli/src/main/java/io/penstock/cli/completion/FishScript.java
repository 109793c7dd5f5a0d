package io.penstock.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completions for fish: one line for each command and each option, by the words before. */
final class FishScript {
  private final String name;
  private final StringBuilder script = new StringBuilder();

  private FishScript(String name) {
    this.name = name;
  }

  static String of(CommandLine whole) {
    FishScript fish = new FishScript(whole.getCommandName());
    fish.command(whole, List.of());
    return fish.script.toString();
  }

  private void command(CommandLine command, List<String> words) {
    List<String> here = new ArrayList<>();
    words.forEach(word -> here.add("__fish_seen_subcommand_from " + word));
    List<String> before = new ArrayList<>(here);
    if (words.isEmpty()) {
      before.add("__fish_use_subcommand");
    } else if (!command.getSubcommands().isEmpty()) {
      before.add(
          "not __fish_seen_subcommand_from " + String.join(" ", command.getSubcommands().keySet()));
    }
    command
        .getSubcommands()
        .forEach(
            (word, sub) -> {
              line(before, "-f -a " + word, description(sub));
              List<String> longer = new ArrayList<>(words);
              longer.add(word);
              command(sub, longer);
            });
    for (OptionSpec option : command.getCommandSpec().options()) {
      line(here, names(option) + values(option), firstLine(option.description()));
    }
    for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
      String values = values(parameter);
      if (!values.isEmpty()) {
        line(here, "-f" + values, firstLine(parameter.description()));
      }
    }
  }

  /** What Tab offers for a value, where that is known; elsewhere fish offers files. */
  private String values(ArgSpec argument) {
    if (argument.arity().max() == 0 || argument.completionCandidates() == null) {
      return "";
    }
    if (argument.completionCandidates() instanceof Offered offered) {
      return " -f -a '(env PENSTOCK_COMPLETING=1 %s completion --ids %s 2>/dev/null)'"
          .formatted(name, offered.ids());
    }
    String values = String.join(" ", argument.completionCandidates());
    return values.isEmpty() ? "" : " -f -a '" + values + "'";
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
      names.append(' ');
    }
    return names + (option.arity().max() == 0 ? "" : "-r");
  }

  private void line(List<String> conditions, String what, String description) {
    script.append("complete -c ").append(name);
    if (!conditions.isEmpty()) {
      script.append(" -n '").append(String.join("; and ", conditions)).append('\'');
    }
    script.append(' ').append(what.strip());
    script.append(" -d '").append(description.replace("\\", "\\\\").replace("'", "\\'"));
    script.append("'\n");
  }

  private static String description(CommandLine command) {
    return firstLine(command.getCommandSpec().usageMessage().description());
  }

  /** As it is shown: without the marks for values. */
  private static String firstLine(String[] description) {
    return description.length == 0
        ? ""
        : description[0]
            .replaceAll(" \\([^()]*\\$\\{[^}]*}[^()]*\\)", "")
            .replace("%n", " ")
            .strip();
  }
}
