package io.penstock.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.simulator.planted.PlantedBug;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The same seed is the same run, also in another process, whose hash codes are others. */
class SameSeedTest {
  private static final int SEEDS = 5;

  @Test
  void has_the_same_trace_in_another_process() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SameSeedTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String theirs = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(other.waitFor()).isZero();
    assertThat(theirs.strip()).isEqualTo(hashes());
  }

  @Test
  void other_seeds_have_other_traces() {
    assertThat(hashes().split(" ")).doesNotHaveDuplicates().hasSize(SEEDS);
  }

  public static void main(String... none) {
    System.out.println(hashes());
  }

  private static String hashes() {
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(seed -> Simulation.run(Simulation.plan(seed), PlantedBug.NONE).hash())
        .collect(Collectors.joining(" "));
  }
}
