package io.penstock.orchestrator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ScopePath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However the pieces are laid out, what was written last is read. */
class PieceStoreTest {
  private static final ExecutionId EXECUTION = new ExecutionId("w~1");
  private static final ExecutionId NEIGHBOUR = new ExecutionId("w~10");

  /** The form in which a control is written comes first. */
  private static final String CONTROL = "\001control";

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
  void small_pieces_are_one_record() {
    write(Map.of("c", CONTROL, "s", "root", "oscore", "7"));

    assertThat(topology.storedEntries()).isOne();
    PieceStore read = pieces();
    assertThat(text(read, "oscore")).contains("7");
    assertThat(text(read, "onone")).isEmpty();
    assertThat(counted.gets()).as("reads, that before the write included").isEqualTo(2);
  }

  @Test
  void a_large_piece_has_its_own_record_that_is_not_written_again() {
    String event = "x".repeat(Pack.MOST_BYTES);
    write(Map.of("c", CONTROL, "i", event));
    counted.bytesPut();
    write(Map.of("s", "root"));

    assertThat(counted.bytesPut()).isBetween(1, 100);
    assertThat(topology.storedEntries()).isEqualTo(2);
    assertThat(text(pieces(), "i")).contains(event);
  }

  @Test
  void very_many_pieces_get_their_own_records_and_are_then_written_alone() {
    write(Map.of("c", CONTROL, "sa/0", "open"));
    int count = 50;
    for (int i = 0; i < count; i++) {
      write(Map.of("ostep" + i, "x".repeat(60)));
    }
    counted.bytesPut();
    write(Map.of("c", CONTROL + "!", "olast", "1"));

    assertThat(topology.storedEntries()).isEqualTo(count + 3);
    assertThat(counted.bytesPut()).isEqualTo(CONTROL.length() + "!".length() + "1".length());
    assertThat(text(pieces(), "c")).contains(CONTROL + "!");
    assertThat(text(pieces(), "ostep7")).contains("x".repeat(60));
    assertThat(pieces().scopesInside(ScopePath.ROOT)).containsExactly(new ScopePath("a/0"));
  }

  @Test
  void a_control_stays_in_the_pack_even_if_it_is_large() {
    String control = CONTROL + "x".repeat(Pack.MOST_BYTES_INSIDE + 1);
    write(Map.of("c", control, "s", "root"));
    assertThat(text(pieces(), "c")).contains(control);
    assertThat(text(pieces(), "s")).contains("root");
    assertThat(topology.storedEntries()).isOne();
  }

  @Test
  void what_an_older_version_stored_is_read_and_stays_as_it_is() {
    topology.store().put(StateKey.piece(EXECUTION, "c"), new byte[] {1, 2, 3});
    topology.store().put(StateKey.piece(EXECUTION, "oscore"), "7".getBytes(UTF_8));

    assertThat(text(pieces(), "oscore")).contains("7");
    write(Map.of("oroute", "8"));
    assertThat(topology.storedEntries()).isEqualTo(3);
    pieces().forget(new Leftovers(topology.store()));
    assertThat(topology.storedEntries()).isZero();
  }

  /** Against a map, with pieces of all sizes, and a neighbour whose id begins alike. */
  @Test
  void whatever_is_written_and_forgotten_is_read() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<ExecutionId, Map<String, String>> expected = new HashMap<>();
    for (int round = 0; round < 2_000; round++) {
      String about = "seed %d, round %d".formatted(seed, round);
      ExecutionId execution = random.nextBoolean() ? EXECUTION : NEIGHBOUR;
      Map<String, String> model = expected.computeIfAbsent(execution, e -> new TreeMap<>());
      if (random.nextInt(30) == 0) {
        pieces(execution).forget(new Leftovers(topology.store()));
        model.clear();
      } else {
        Map<String, Optional<String>> changed = someChanges(random, model.isEmpty());
        write(execution, changed);
        changed.forEach((name, text) -> put(model, name, text));
      }
      PieceStore read = pieces(execution);
      for (String name : NAMES) {
        assertThat(text(read, name)).as(about).isEqualTo(Optional.ofNullable(model.get(name)));
      }
      assertThat(read.scopesInside(new ScopePath("a/0")))
          .as(about)
          .containsExactlyElementsOf(
              model.keySet().stream()
                  .filter(name -> name.startsWith("sa/0/"))
                  .map(PieceName::scopeOf)
                  .toList());
    }
    expected.keySet().forEach(e -> pieces(e).forget(new Leftovers(topology.store())));
    assertThat(topology.storedEntries()).as("left behind").isZero();
  }

  private static final List<String> NAMES =
      List.of("c", "i", "s", "sa/0", "sa/0/b/1", "sa/0/b/10", "sa/1", "oa", "ob", "oc", "la\0000");

  private static Map<String, Optional<String>> someChanges(Random random, boolean first) {
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    if (first) {
      changes.put("c", Optional.of(CONTROL));
    }
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      boolean gone = !name.equals("c") && random.nextInt(4) == 0;
      String text = (name.equals("c") ? CONTROL : "") + "y".repeat(size(random));
      changes.put(name, gone ? Optional.empty() : Optional.of(text));
    }
    return changes;
  }

  /** Mostly small; at the bounds now and then. */
  private static int size(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Pack.MOST_BYTES_INSIDE + random.nextInt(3) - 1;
      case 1 -> Pack.MOST_BYTES + random.nextInt(3) - 1;
      default -> 1 + random.nextInt(40);
    };
  }

  private static void put(Map<String, String> model, String name, Optional<String> text) {
    text.ifPresentOrElse(value -> model.put(name, value), () -> model.remove(name));
  }

  private void write(Map<String, String> changed) {
    Map<String, Optional<String>> present = new LinkedHashMap<>();
    changed.forEach((name, text) -> present.put(name, Optional.of(text)));
    write(EXECUTION, present);
  }

  private void write(ExecutionId execution, Map<String, Optional<String>> changed) {
    Map<String, Optional<byte[]>> bytes = new LinkedHashMap<>();
    Map<ScopePath, Optional<String>> scopes = new LinkedHashMap<>();
    changed.forEach(
        (name, text) -> {
          bytes.put(name, text.map(value -> value.getBytes(UTF_8)));
          if (name.startsWith("s")) {
            scopes.put(PieceName.scopeOf(name), text);
          }
        });
    pieces(execution).change(bytes, scopes);
  }

  private PieceStore pieces() {
    return pieces(EXECUTION);
  }

  private PieceStore pieces(ExecutionId execution) {
    return new PieceStore(counted.store(), open, execution);
  }

  private static Optional<String> text(PieceStore pieces, String name) {
    return pieces.get(name).map(bytes -> new String(bytes, UTF_8));
  }
}
