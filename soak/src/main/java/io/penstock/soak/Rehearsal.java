package io.penstock.soak;

import io.penstock.soak.installation.ClassArchives;
import io.penstock.soak.installation.Installation;
import io.penstock.soak.installation.Member;
import io.penstock.soak.installation.Packaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A first life of an installation, for nothing but the archives of classes that it leaves. */
final class Rehearsal {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final int NOBODY = 9;

  private Rehearsal() {}

  /**
   * Does nothing if the archives are there and of the last build.
   *
   * @param below where the data of that life lie, until it ends
   */
  static ClassArchives archives(Packaged packaged, Path below, Path binaries, Narrator narrator)
      throws Exception {
    ClassArchives archives = ClassArchives.of(packaged, false);
    if (!archives.areOutdated(packaged)) {
      return archives;
    }
    narrator.line("a first life, after which every start takes half the time");
    Files.createDirectories(archives.folder());
    ClassArchives recording = ClassArchives.of(packaged, true);
    try (SoakFolder folder = SoakFolder.create(below);
        Installation installation =
            Installation.prepare(
                new Installation.Plan(packaged, recording, folder.path(), binaries, NOBODY))) {
      installation.start(Set.of(Member.values()));
      if (!Patience.within(READY_WITHIN, () -> installation.notReady().isEmpty())) {
        throw new IOException(
            "not ready in time: %s; their logs are in %s"
                .formatted(installation.notReady(), folder.path()));
      }
      installation.stop(Set.of(Member.values()));
      folder.dispose();
    }
    recording.keepRecorded();
    return archives;
  }
}
