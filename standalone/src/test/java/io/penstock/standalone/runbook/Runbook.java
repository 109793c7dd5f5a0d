package io.penstock.standalone.runbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The commands of a section of {@code docs/operations.md}, in order: those in blocks that are
 * marked {@code sh runbook}, or {@code sh runbook exit=1} where that is how they are meant to end.
 */
final class Runbook {
  private static final Path DOCUMENT = Path.of("../docs/operations.md");
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```sh runbook(?: exit=(\\d))?\\n(.*?)^```$");

  private Runbook() {}

  /**
   * One line of a block.
   *
   * @param exitCode with which it is meant to end
   */
  record Command(String text, int exitCode) {}

  static List<Command> section(String title) throws IOException {
    List<Command> commands = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(text(title)).results().toList()) {
      int exitCode = Optional.ofNullable(block.group(1)).map(Integer::parseInt).orElse(0);
      block.group(2).lines().forEach(line -> commands.add(new Command(line, exitCode)));
    }
    return commands;
  }

  private static String text(String title) throws IOException {
    String document = Files.readString(DOCUMENT);
    String head = "\n### " + title + "\n";
    int begin = document.indexOf(head);
    if (begin < 0) {
      throw new AssertionError(DOCUMENT + " has no section '" + title + "'");
    }
    int end = document.indexOf("\n### ", begin + head.length());
    return document.substring(begin, end < 0 ? document.length() : end);
  }
}
