package io.penstock.cli;

import io.penstock.cli.completion.CompletionCommand;
import io.penstock.cli.definition.ApplyCommand;
import io.penstock.cli.definition.ValidateCommand;
import io.penstock.cli.dlq.DlqCommand;
import io.penstock.cli.event.EmitCommand;
import io.penstock.cli.execution.ExecutionsCommand;
import io.penstock.cli.terminal.Colours;
import io.penstock.cli.terminal.Printable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** {@code penstock}: the command line. */
@Command(
    name = "penstock",
    description = "Turns business events into AI workflows, and shows what became of them.",
    subcommands = {
      ValidateCommand.class,
      ApplyCommand.class,
      EmitCommand.class,
      ExecutionsCommand.class,
      DlqCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    versionProvider = VersionText.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the server cannot be reached or is at fault, or what was waited for went wrong",
      "2:the command is not written as it must be, or a file cannot be read",
      "3:not found",
      "4:conflict with what is there, or nothing is left to be done",
      "5:definitions or an event have problems",
      "6:not within the time"
    },
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    commandListHeading = "%nCommands:%n")
public final class PenstockCli {
  /** Where no terminal says how wide it is: fits every example. */
  private static final int HELP_WIDTH = 100;

  private static final String[] EXAMPLES = {
    "",
    "Examples:",
    "  penstock validate workflows/              are these definitions right?",
    "  penstock apply -f workflows/              put them into effect",
    "  penstock emit --source /shop --type order.paid --data '{\"total\":5}' --follow",
    "                                            send an event, and see what it does",
    "  penstock executions list                  what happened lately",
    "  penstock executions show ID               how one of them went, step by step",
    "  penstock dlq groups                       what fails, and what to do about it",
    "",
    "Data goes to stdout, everything said about it to stderr. 'penstock COMMAND --help' says more."
  };

  private PenstockCli() {}

  /**
   * The whole command line.
   *
   * @param extraSubcommands picocli command objects to add, e.g. {@code dev}
   */
  public static CommandLine commandLine(Object... extraSubcommands) {
    CommandLine commandLine = new CommandLine(new PenstockCli());
    for (Object subcommand : extraSubcommands) {
      commandLine.addSubcommand(subcommand);
    }
    // Only of the top command: the scope hands everything else down.
    commandLine.getCommandSpec().usageMessage().footer(EXAMPLES);
    HelpText.complete(commandLine);
    return commandLine
        // '--data @file' is ours; a file of arguments would hide it.
        .setExpandAtFiles(false)
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(Colours.ofProcess().ansi()))
        .setParameterExceptionHandler(PenstockCli::badUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  private static int badUsage(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Printable.lines(e.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, CommandLine command) {
    if (e instanceof CliException expected) {
      command.getErr().println(Printable.lines(expected.getMessage()));
      return expected.exitCode();
    }
    command.getErr().println("a fault in penstock itself; please report it with what follows:");
    e.printStackTrace(command.getErr());
    return ExitCode.SOFTWARE;
  }

  public static void main(String... args) {
    System.exit(commandLine().execute(args));
  }
}
