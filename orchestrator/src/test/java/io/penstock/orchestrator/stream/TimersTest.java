package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.core.Message;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.TimerDue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimersTest {
  private static final Instant START = TopologyHarness.START;
  private static final ExecutionId EXECUTION = new ExecutionId("w~1");
  private static final Duration TICK = Duration.ofMillis(50);

  @TempDir Path directory;
  private TopologyHarness topology;
  private CountedStore counted;
  private Timers timers;

  @BeforeEach
  void start() {
    topology = new TopologyHarness(directory, 0);
    counted = new CountedStore(topology.store());
    timers = new Timers(counted.store());
  }

  @AfterEach
  void stop() {
    topology.close();
  }

  @Test
  void before_the_first_one_is_due_nothing_is_read() {
    Instant due = START.plusSeconds(60);
    set(EXECUTION, due);
    assertThat(timers.due(START, 10)).isEmpty();
    counted.ranges();

    for (Instant now = START; now.isBefore(due); now = now.plus(TICK)) {
      assertThat(timers.due(now, 10)).isEmpty();
    }
    assertThat(counted.ranges()).isZero();
    assertThat(timers.due(due, 10)).containsExactly(new TimerDue(EXECUTION, due));
  }

  @Test
  void one_that_is_set_later_for_an_earlier_time_is_seen() {
    set(EXECUTION, START.plusSeconds(60));
    assertThat(timers.due(START, 10)).isEmpty();
    ExecutionId other = new ExecutionId("w~2");
    set(other, START.plusSeconds(1));
    assertThat(timers.due(START.plusSeconds(2), 10))
        .containsExactly(new TimerDue(other, START.plusSeconds(1)));
  }

  @Test
  void what_one_tick_does_not_take_the_next_one_does() {
    List<TimerDue> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(new TimerDue(new ExecutionId("w~" + i), START.plusMillis(i)));
      set(all.get(i).execution(), all.get(i).due());
    }
    assertThat(timers.due(START.plusSeconds(1), 2)).isEqualTo(all.subList(0, 2));
    all.subList(0, 2).forEach(timer -> timers.remove(timer.execution(), timer.due()));
    assertThat(timers.due(START.plusSeconds(1), 5)).isEqualTo(all.subList(2, 5));
  }

  /** Set, moved, removed, read: against a map. */
  @Test
  void whatever_is_set_and_removed_those_due_are_found() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    TreeMap<Instant, ExecutionId> expected = new TreeMap<>();
    Instant now = START;
    for (int round = 0; round < 3_000; round++) {
      Instant at = now.plusMillis(random.nextInt(-20, 500));
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          if (!expected.containsKey(at)) {
            ExecutionId execution = new ExecutionId("w~" + round);
            expected.put(at, execution);
            set(execution, at);
          }
        }
        case 2 -> {
          if (!expected.isEmpty()) {
            var gone = random.nextBoolean() ? expected.pollFirstEntry() : expected.pollLastEntry();
            timers.remove(gone.getValue(), gone.getKey());
          }
        }
        default -> now = now.plusMillis(random.nextInt(60));
      }
      assertThat(timers.due(now, 10))
          .as("seed %d, round %d", seed, round)
          .containsExactlyElementsOf(
              expected.headMap(now, true).entrySet().stream()
                  .limit(10)
                  .map(timer -> new TimerDue(timer.getValue(), timer.getKey()))
                  .toList());
    }
  }

  private void set(ExecutionId execution, Instant at) {
    timers.move(execution, new Message.WakeUpMoved(Optional.empty(), Optional.of(at)));
  }
}
