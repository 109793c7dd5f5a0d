package io.penstock.cli.terminal;

import java.io.Console;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * Colours, if the output is a terminal that wants them.
 *
 * @param enabled false: every text stays plain
 */
public record Colours(boolean enabled) {
  private static final String RESET = "\u001b[0m";

  /** A colour by what it says. */
  public enum Tone {
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    WAITING("\u001b[33m"),
    FAINT("\u001b[2m"),
    STRONG("\u001b[1m");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  public static Colours ofProcess() {
    return of(System.getenv(), isTerminal(System.console()));
  }

  /** NO_COLOR (no-color.org) and dumb terminals get none. */
  static Colours of(Map<String, String> environment, boolean terminal) {
    return new Colours(
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM")));
  }

  /**
   * From Java 22 on there is a console also where there is no terminal, and a method to ask;
   * before, there is none then.
   */
  static boolean isTerminal(Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** For picocli's own help. */
  public Ansi ansi() {
    return enabled ? Ansi.ON : Ansi.OFF;
  }

  public String paint(Tone tone, String text) {
    return enabled ? tone.code + text + RESET : text;
  }
}
