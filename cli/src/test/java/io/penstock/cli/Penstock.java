package io.penstock.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * What one call of the command line came to.
 *
 * @param out stdout
 * @param err stderr
 */
public record Penstock(int exitCode, String out, String err) {
  public static Penstock run(String... args) {
    return run(PenstockCli.commandLine(), args);
  }

  public static Penstock run(CommandLine commandLine, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        commandLine
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(args);
    return new Penstock(exitCode, out.toString(), err.toString());
  }
}
