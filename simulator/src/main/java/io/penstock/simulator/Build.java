package io.penstock.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which sources this is. */
final class Build {
  private static final int SHORT = 12;

  private Build() {}

  /** The commit that is checked out beside the program; {@code unknown} outside of a checkout. */
  static String commit() {
    Path git = Path.of(System.getProperty("penstock.home", ".")).resolve(".git");
    try {
      String head = Files.readString(git.resolve("HEAD")).strip();
      if (!head.startsWith("ref: ")) {
        return shortened(head);
      }
      String branch = head.substring("ref: ".length());
      Path loose = git.resolve(branch);
      return shortened(Files.exists(loose) ? Files.readString(loose).strip() : packed(git, branch));
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String packed(Path git, String branch) throws IOException {
    List<String> lines = Files.readAllLines(git.resolve("packed-refs"));
    return lines.stream()
        .filter(line -> line.endsWith(" " + branch))
        .map(line -> line.split(" ", 2)[0])
        .findFirst()
        .orElse("unknown");
  }

  private static String shortened(String commit) {
    return commit.length() > SHORT ? commit.substring(0, SHORT) : commit;
  }
}
