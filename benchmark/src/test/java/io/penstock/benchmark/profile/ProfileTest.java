package io.penstock.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
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
      long end = cpuNanos() + TimeUnit.SECONDS.toNanos(1); // however busy the machine is
      while (cpuNanos() < end) {
        sum += allocate().length;
        for (int i = 0; i < 100_000; i++) {
          sum = 31 * sum + i;
        }
      }
    }

    assertThat(sum).isNotZero();
    assertThat(Profile.read(file).cpu().table("CPU", 5)).contains("ProfileTest");
    assertThat(Profile.read(file).allocation().table("bytes", 5)).contains("ProfileTest.allocate");
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static byte[] allocate() {
    return new byte[50_000];
  }
}
