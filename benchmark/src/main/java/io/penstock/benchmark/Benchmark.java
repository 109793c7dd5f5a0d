package io.penstock.benchmark;

import io.penstock.benchmark.compare.CompareCommand;
import io.penstock.benchmark.growth.GrowthCommand;
import io.penstock.benchmark.load.LoadCommand;
import io.penstock.benchmark.measure.MeasureCommand;
import io.penstock.benchmark.profile.ProfileCommand;
import io.penstock.benchmark.restore.RestoreCommand;
import io.penstock.benchmark.world.WorldCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** What {@code benchmark/run} starts; {@code jmh} alone goes to JMH's own command line. */
@Command(
    name = "benchmark/run",
    description = "Measures Penstock from outside, and its inner parts with JMH.",
    subcommands = {
      MeasureCommand.class,
      RestoreCommand.class,
      GrowthCommand.class,
      CompareCommand.class,
      ProfileCommand.class,
      LoadCommand.class,
      WorldCommand.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "benchmark/run jmh [JMH's options]: the core, the codec and CEL; 'jmh -h' lists them."
    })
public final class Benchmark {
  private static final int USAGE_WIDTH = 110;

  private Benchmark() {}

  static CommandLine commandLine() {
    return new CommandLine(new Benchmark())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(USAGE_WIDTH)
        .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
  }

  private static int failed(Exception e, CommandLine command) throws Exception {
    if (e instanceof IllegalStateException || e instanceof IOException) {
      command.getErr().println("benchmark/run: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }

  public static void main(String... args) throws Exception {
    if (args.length > 0 && args[0].equals("jmh")) {
      String[] rest = new String[args.length - 1];
      System.arraycopy(args, 1, rest, 0, rest.length);
      org.openjdk.jmh.Main.main(rest);
      return;
    }
    System.exit(commandLine().execute(args));
  }
}
