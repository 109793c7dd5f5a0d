package io.penstock.soak.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Loaded classes, kept by the JVM from one start to the next: that takes half of the time out of a
 * start. One file for all members of a role, which a first life of the installation writes when it
 * ends in order.
 *
 * @param folder of the files; those that are missing are done without
 * @param recording whether this life writes them
 */
public record ClassArchives(Path folder, boolean recording) {
  private static final String RECORDED = ".new";

  /** Those of the project's last build. */
  public static ClassArchives of(Packaged packaged, boolean recording) {
    return new ClassArchives(packaged.home().resolve("soak/target/archives"), recording);
  }

  List<String> options(Member member) {
    Path file = file(member);
    if (recording) {
      return isFirstOfItsRole(member)
          ? List.of("-XX:ArchiveClassesAtExit=" + file + RECORDED, "-Xlog:disable")
          : List.of();
    }
    // One of other classes is passed over by the JVM, and that is nobody's business.
    return Files.exists(file)
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable")
        : List.of();
  }

  /** Whether the services have been built since the files were written. */
  public boolean areOutdated(Packaged packaged) throws IOException {
    for (Member member : Member.values()) {
      if (member.role() != Member.Role.BROKER && member.role() != Member.Role.DATABASE) {
        Path built = packaged.runner(member.module());
        if (!Files.exists(file(member))
            || Files.getLastModifiedTime(file(member)).compareTo(Files.getLastModifiedTime(built))
                < 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** After the life that was recorded: from now on they count. */
  public void keepRecorded() throws IOException {
    for (Member member : Member.values()) {
      Path recorded = Path.of(file(member) + RECORDED);
      if (Files.exists(recorded)) {
        Files.move(recorded, file(member), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isFirstOfItsRole(Member member) {
    return member != Member.ORCHESTRATOR_2 && member != Member.WORKER_2;
  }

  private Path file(Member member) {
    return folder.resolve(member.role().name().toLowerCase(Locale.ROOT) + ".jsa");
  }
}
