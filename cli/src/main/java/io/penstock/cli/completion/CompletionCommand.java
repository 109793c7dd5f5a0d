package io.penstock.cli.completion;

import io.penstock.cli.server.ServerOption;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock completion}: what a shell needs to complete our words. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets your shell complete commands and options with Tab.",
      "It is made of this very command line, so it fits this version: make it again after an update.",
      "Where an id belongs the script asks the server for the newest ones (--ids)."
    },
    footer = {
      "",
      "Examples:",
      "  source <(penstock completion bash)           in ~/.bashrc",
      "  source <(penstock completion zsh)            in ~/.zshrc, behind compinit",
      "  penstock completion fish > ~/.config/fish/completions/penstock.fish"
    })
public final class CompletionCommand implements Runnable {
  /** Shells that are known. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Mixin private ServerOption server;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private What what;

  /** A whole script, or what a script asks for. */
  static final class What {
    @Parameters(arity = "1", paramLabel = "bash|zsh|fish", description = "Your shell.")
    Shell shell;

    @Option(
        names = "--ids",
        paramLabel = "KIND",
        description = "Print the newest ids instead: of executions, letters, groups or replays.")
    Ids ids;
  }

  @Override
  public void run() {
    CommandLine whole = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    if (what.ids != null) {
      what.ids.ask(server.client()).forEach(out::println);
      return;
    }
    switch (what.shell) {
      // One script for both: it tells zsh to work with bash's functions.
      case bash, zsh ->
          out.print(AutoComplete.bash(whole.getCommandName(), whole) + BashIds.of(whole));
      case fish -> out.print(FishScript.of(whole));
    }
    out.flush();
  }
}
