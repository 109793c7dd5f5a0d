package io.penstock.simulator.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.simulator.run.RunResult;
import io.penstock.simulator.run.Shrinker;
import io.penstock.simulator.run.Simulation;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mistakes made on purpose are found, each within so many seeds, the first being 1. */
class PlantedBugsTest {
  private static final int WITHIN = 200;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void is_found(PlantedBug bug) {
    assertThat(found(bug)).as("a run of the first %d that fails of %s", WITHIN, bug).isPresent();
  }

  @Test
  void a_failure_is_shortened_to_what_it_needs() {
    RunResult failed = found(PlantedBug.ACCEPT_TWICE).orElseThrow();

    RunResult shortest = Shrinker.shrink(failed, PlantedBug.ACCEPT_TWICE, 100);

    assertThat(shortest.plan().items().size())
        .isLessThan(failed.plan().items().size())
        .isLessThanOrEqualTo(4);
    assertThat(shortest.violations())
        .extracting(violation -> violation.invariant())
        .contains(failed.violations().getFirst().invariant());
    assertThat(Simulation.run(shortest.plan(), PlantedBug.NONE).violations()).isEmpty();
  }

  private static Optional<RunResult> found(PlantedBug bug) {
    return LongStream.rangeClosed(1, WITHIN)
        .mapToObj(seed -> Simulation.run(Simulation.plan(seed), bug))
        .filter(result -> !result.isGood())
        .findFirst();
  }
}
