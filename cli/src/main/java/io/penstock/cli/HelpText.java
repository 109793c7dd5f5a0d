package io.penstock.cli;

import io.penstock.cli.server.ServerOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What every command's help has in the same way, so that none of them has to say it. */
final class HelpText {
  private HelpText() {}

  static void complete(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.description(inTwo(usage.description()));
    usage.footer(withEnvironment(command, usage.footer()));
    command.getSubcommands().values().forEach(HelpText::complete);
  }

  /**
   * The first sentence, which lists of commands show, and the others as one paragraph: how wide it
   * may be is known only when it is shown.
   */
  private static String[] inTwo(String... lines) {
    return lines.length < 2
        ? lines
        : new String[] {lines[0], String.join(" ", Arrays.asList(lines).subList(1, lines.length))};
  }

  private static String[] withEnvironment(CommandLine command, String... footer) {
    List<String> lines = new ArrayList<>(Arrays.asList(footer));
    lines.add("");
    lines.add("Environment:");
    boolean asksAServer =
        command.getCommandSpec().optionsMap().containsKey("--server")
            || !command.getSubcommands().isEmpty();
    if (asksAServer) {
      lines.add(variable(ServerOption.VARIABLE, "address of the server, if --server is not given"));
    }
    lines.add(variable("NO_COLOR", "not empty: no colours; a pipe never gets any"));
    return lines.toArray(String[]::new);
  }

  private static String variable(String name, String meaning) {
    return "  %-17s %s".formatted(name, meaning);
  }
}
