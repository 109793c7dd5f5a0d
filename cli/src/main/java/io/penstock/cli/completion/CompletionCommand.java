package io.penstock.cli.completion;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code penstock completion}: what a shell needs to complete our words. */
@Command(
    name = "completion",
    description = {
      "Prints a script that lets your shell complete commands and options with Tab.",
      "It is made of this very command line, so it fits this version: make it again after an update."
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

  @Parameters(paramLabel = "bash|zsh|fish", description = "Your shell.")
  private Shell shell;

  @Override
  public void run() {
    CommandLine whole = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    switch (shell) {
      // One script for both: it tells zsh to work with bash's functions.
      case bash, zsh -> out.print(AutoComplete.bash(whole.getCommandName(), whole));
      case fish -> out.print(FishScript.of(whole));
    }
    out.flush();
  }
}
