package io.penstock.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Asks whoever sits at the terminal, if there is one. */
public final class Confirmation {
  private static final Set<String> YES = Set.of("y", "yes");

  private final Optional<Supplier<String>> answers;

  private Confirmation(Optional<Supplier<String>> answers) {
    this.answers = answers;
  }

  public static Confirmation ofProcess() {
    Console console = System.console();
    return new Confirmation(
        Colours.isTerminal(console) ? Optional.of(console::readLine) : Optional.empty());
  }

  /**
   * Somebody else than the terminal's.
   *
   * @param answers a line for each question; null: the input has ended
   */
  public static Confirmation by(Supplier<String> answers) {
    return new Confirmation(Optional.of(answers));
  }

  /** Whether anybody can be asked: a pipe or a file cannot. */
  public boolean isPossible() {
    return answers.isPresent();
  }

  /**
   * Anything but a yes is a no, the end of the input too.
   *
   * @param out takes the question
   */
  public boolean agrees(String question, PrintWriter out) {
    out.print(Printable.line(question) + " [y/N] ");
    out.flush();
    String answer = answers.map(Supplier::get).orElse(null);
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
