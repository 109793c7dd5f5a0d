package io.penstock.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  @TempDir Path folder;

  /** Of this very JVM, which the tool that it is asked by has to find as it does any other. */
  @Test
  void what_a_jvm_works_at_is_found_in_its_recording() throws Exception {
    Path file = folder.resolve("a.jfr");
    long sum = 0;
    try (Recording recording = Recording.begin(ProcessHandle.current().pid(), file)) {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
      while (System.nanoTime() < end) {
        sum += allocate().length;
      }
    }

    assertThat(sum).isPositive();
    assertThat(Profile.read(file).cpu().table("CPU", 5)).contains("ProfileTest");
    assertThat(Profile.read(file).allocation().table("bytes", 5)).contains("ProfileTest.allocate");
  }

  private static byte[] allocate() {
    return new byte[50_000];
  }
}
