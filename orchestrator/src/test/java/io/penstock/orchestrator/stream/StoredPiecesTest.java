package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.Scope;
import io.penstock.orchestrator.core.StepState;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pieces a range read finds. */
class StoredPiecesTest {
  private static final ExecutionId EXECUTION = new ExecutionId("w~1");

  @TempDir Path directory;

  @Test
  void scopes_inside_a_scope_are_found_and_those_with_a_longer_name_are_not() {
    try (TopologyHarness topology = new TopologyHarness(directory, 0)) {
      store(topology, EXECUTION, "", "each/1", "each/1/p/a", "each/1/p/b", "each/10", "each/2");
      store(topology, new ExecutionId("w~10"), "", "each/1");
      StoredPieces pieces =
          new StoredPieces(topology.store(), new OpenScopes(topology.store()), EXECUTION);

      assertThat(pieces.scopes(new ScopePath("each/1")).keySet())
          .extracting(ScopePath::value)
          .containsExactly("each/1", "each/1/p/a", "each/1/p/b");
      assertThat(pieces.scopes(ScopePath.ROOT)).hasSize(6);
      assertThat(pieces.scopes(new ScopePath("each/3"))).isEmpty();
    }
  }

  /** With keys of their own. */
  private static void store(TopologyHarness topology, ExecutionId execution, String... paths) {
    topology.store().put(StateKey.piece(execution, PieceName.CONTROL), new byte[] {1});
    for (String path : paths) {
      topology
          .store()
          .put(
              StateKey.piece(execution, PieceName.scope(new ScopePath(path))),
              StateCodec.write(new Scope("x", new StepState.Done())));
    }
  }
}
