package io.penstock.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.simulator.planted.PlantedBug;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is broken: by seeds that found something once, by the first ones, and by fresh ones. */
class SeedsTest {
  private static final int FIRST = 100;
  private static final int FRESH = Integer.getInteger("penstock.simulator.fresh", 200);

  static Stream<String> corpus() throws IOException {
    try (InputStream seeds =
        SeedsTest.class.getResourceAsStream("/io/penstock/simulator/seeds.txt")) {
      return new String(seeds.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void a_seed_that_found_something(String line) {
    holds(Long.parseLong(line.split(" ", 2)[0]));
  }

  @Test
  void the_first_seeds() {
    LongStream.rangeClosed(1, FIRST).forEach(SeedsTest::holds);
  }

  /** Other ones each time: a failure names its seed. */
  @Test
  void fresh_seeds() {
    long first = System.currentTimeMillis();
    LongStream.range(first, first + FRESH).forEach(SeedsTest::holds);
  }

  private static void holds(long seed) {
    RunResult result = Simulation.run(Simulation.plan(seed), PlantedBug.NONE);
    assertThat(result.violations())
        .as("seed %d; see it by: penstock simulate --from %d --seeds 1 --trace", seed, seed)
        .isEmpty();
    assertThat(result.executions()).as("executions of seed %d", seed).isNotNegative();
  }
}
