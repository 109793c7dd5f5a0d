package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of open scopes is what stands in the store. */
class OpenScopesTest {
  private static final Scope AT_WORK = new Scope("call", new StepState.Done());
  private static final ExecutionId EXECUTION = new ExecutionId("w~1");

  @TempDir Path directory;
  private TopologyHarness topology;
  private CountedStore counted;
  private OpenScopes open;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(directory, 0);
    counted = new CountedStore(topology.store());
    open = new OpenScopes(counted.store());
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void whatever_opens_and_closes_memory_and_store_agree() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<ExecutionId> executions = List.of(EXECUTION, new ExecutionId("w~10"));
    for (int round = 0; round < 500; round++) {
      ExecutionId execution = executions.get(random.nextInt(2));
      if (random.nextInt(50) == 0) {
        new Leftovers(topology.store()).delete(execution);
        open.forgotten(execution);
      } else {
        changes(execution, somePlaces(random));
      }
      ScopePath under = new ScopePath(random.nextBoolean() ? "" : place(random));

      assertThat(open.inside(execution, under))
          .as("seed %d, round %d", seed, round)
          .containsExactlyElementsOf(new OpenScopes(topology.store()).inside(execution, under));
    }
    assertThat(counted.ranges()).as("looks into the store").isLessThan(250);
  }

  @Test
  void more_than_a_bound_is_not_remembered() {
    Map<ScopePath, Optional<Scope>> rounds = new LinkedHashMap<>();
    for (int i = 0; i < OpenScopes.MOST_PATHS; i++) {
      rounds.put(new ScopePath("each/" + i), Optional.of(AT_WORK));
    }
    ExecutionId other = new ExecutionId("w~2");
    changes(other, Map.of(new ScopePath("each/1"), Optional.of(AT_WORK)));
    assertThat(open.inside(other, ScopePath.ROOT)).hasSize(1);
    assertThat(open.inside(EXECUTION, ScopePath.ROOT)).isEmpty();
    assertThat(counted.ranges()).isEqualTo(2);
    changes(EXECUTION, rounds);

    assertThat(open.inside(EXECUTION, ScopePath.ROOT)).hasSize(OpenScopes.MOST_PATHS);
    assertThat(open.inside(other, ScopePath.ROOT)).hasSize(1);
    assertThat(counted.ranges()).as("both were dropped").isEqualTo(2);
  }

  private void changes(ExecutionId execution, Map<ScopePath, Optional<Scope>> scopes) {
    scopes.forEach(
        (path, scope) ->
            topology
                .store()
                .put(
                    StateKey.piece(execution, PieceName.scope(path)),
                    scope.map(StateCodec::write).orElse(null)));
    open.changed(execution, scopes);
  }

  private static Map<ScopePath, Optional<Scope>> somePlaces(Random random) {
    Map<ScopePath, Optional<Scope>> scopes = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      Optional<Scope> scope = random.nextBoolean() ? Optional.of(AT_WORK) : Optional.empty();
      scopes.put(new ScopePath(place(random)), scope);
    }
    return scopes;
  }

  /** The root, rounds whose numbers begin alike, and branches inside them. */
  private static String place(Random random) {
    String round = "each/" + random.nextInt(1, 13);
    return switch (random.nextInt(4)) {
      case 0 -> "";
      case 1 -> round + "/p/" + (random.nextBoolean() ? "a" : "b-2");
      default -> round;
    };
  }
}
