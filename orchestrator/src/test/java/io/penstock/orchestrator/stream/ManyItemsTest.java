package io.penstock.orchestrator.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.orchestrator.stream.ManyItems.World;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A list of 10,000 items in one execution costs per item what a short one costs. */
class ManyItemsTest {
  private static final int MANY = 10_000;
  private static final int SOME = 600;
  private static final int FEW = 10;
  private static final int RECORD_BYTES = 300 * 1024;

  /** Against an execution of so few items that its beginning and end weigh on them. */
  private static final double ALIKE = 1.5;

  /** Against one in which they no longer do: what grows with the number of items shows here. */
  private static final double EQUAL = 1.1;

  /** Its scope, its output and the foreach's counts, each as it begins, ends or is forgotten. */
  private static final double WRITES = 6;

  /** Of three items one needs nothing more; two wait once, in their scopes and in the counts. */
  private static final double WRITES_WITH_TROUBLE = 8;

  @TempDir Path directory;

  @Test
  void no_record_is_large_and_an_item_of_many_writes_what_an_item_of_few_writes() {
    try (TopologyHarness first = topology("few");
        TopologyHarness second = topology("some");
        TopologyHarness third = topology("many")) {
      ManyItems few = run(first, World.KIND, FEW);
      ManyItems some = run(second, World.KIND, SOME);
      ManyItems many = run(third, World.KIND, MANY);

      assertThat(many.hasReported()).isTrue();
      assertThat(many.commands()).isEqualTo(MANY);
      assertThat(many.mostAtWork()).isEqualTo(ManyItems.CONCURRENCY);
      assertThat(many.largestRecord()).isLessThan(RECORD_BYTES);
      assertThat(third.storedEntries()).as("pieces left behind").isZero();
      assertThat(perItem(many.stateWrites(), MANY)).isLessThan(WRITES);
      assertBytesAlike(few, FEW, many, MANY, ALIKE);
      assertCostsAlike(some, SOME, many, MANY, EQUAL);
    }
  }

  @Test
  void items_that_are_put_off_and_tried_again_cost_no_more_where_there_are_many() {
    int number = 1_998;
    try (TopologyHarness first = topology("some");
        TopologyHarness second = topology("many")) {
      ManyItems some = run(first, World.TROUBLED, SOME);
      ManyItems many = run(second, World.TROUBLED, number);

      assertThat(many.hasReported()).isTrue();
      assertThat(many.repeated()).isEmpty();
      assertThat(many.commands()).as("two in three are asked for twice").isEqualTo(number / 3 * 5);
      assertThat(many.mostAtWork()).isEqualTo(ManyItems.CONCURRENCY);
      assertThat(second.storedEntries()).as("pieces left behind").isZero();
      assertThat(perItem(many.stateWrites(), number)).isLessThan(WRITES_WITH_TROUBLE);
      assertCostsAlike(some, SOME, many, number, EQUAL);
    }
  }

  @Test
  void a_restart_in_the_middle_repeats_nothing() {
    int half = MANY / 2;
    try (TopologyHarness first = topology("first");
        TopologyHarness second = topology("second")) {
      ManyItems items = new ManyItems(first, World.KIND);
      items.start("e1", MANY);
      items.answer(half);

      items.takesOver(second);
      items.answer(MANY);
      items.settle();

      assertThat(items.hasReported()).isTrue();
      assertThat(items.repeated()).isEmpty();
      assertThat(items.commands()).isEqualTo(MANY);
      assertThat(second.storedEntries()).as("pieces left behind").isZero();
    }
  }

  @Test
  void a_restart_while_the_pieces_of_an_ended_one_are_deleted_leaves_none_behind() {
    try (TopologyHarness first = topology("first");
        TopologyHarness second = topology("second")) {
      ManyItems items = new ManyItems(first, World.KIND);
      items.start("e1", 1_000);
      items.answer(1_000);
      assertThat(items.hasReported()).isTrue();
      assertThat(first.storedEntries()).as("pieces not deleted yet").isPositive();

      items.takesOver(second);
      items.settle();

      assertThat(second.storedEntries()).isZero();
      assertThat(items.mostWrittenByTick()).as("deletions of one tick").isBetween(1, 501);
    }
  }

  /**
   * Prints the orchestrator's CPU time per item, serialisation and RocksDB included, broker
   * excluded. With {@code -Dpenstock.measure=true}; its figures are in docs/performance.md.
   */
  @Test
  @EnabledIfSystemProperty(named = "penstock.measure", matches = "true")
  @Timeout(600)
  void cpu_time_per_item() {
    for (int round = 1; round <= 3; round++) { // the first ones warm up
      System.out.printf("round %d, 10 items: %.0f us/item%n", round, micros(FEW, MANY / FEW));
      System.out.printf("round %d, 10,000 items: %.0f us/item%n", round, micros(MANY, 1));
    }
  }

  private double micros(int items, int executions) {
    long nanos;
    try (TopologyHarness topology = topology("measured-" + System.nanoTime())) {
      ManyItems played = new ManyItems(topology, World.KIND);
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      for (int i = 0; i < executions; i++) {
        played.start("e" + i, items);
        played.answer(items);
      }
      nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }
    return nanos / 1e3 / items / executions;
  }

  private static ManyItems run(TopologyHarness topology, World world, int count) {
    ManyItems items = new ManyItems(topology, world);
    items.start("e1", count);
    items.answer(2 * count);
    items.settle();
    return items;
  }

  private static void assertCostsAlike(
      ManyItems few, int fewItems, ManyItems many, int items, double factor) {
    assertThat(perItem(many.stateWrites(), items))
        .as("writes to the state for an item")
        .isLessThanOrEqualTo(factor * perItem(few.stateWrites(), fewItems));
    assertBytesAlike(few, fewItems, many, items, factor);
  }

  /** Few items are one {@link Pack}, which is written as often as there are items, no oftener. */
  private static void assertBytesAlike(
      ManyItems few, int fewItems, ManyItems many, int items, double factor) {
    assertThat(perItem(many.stateBytes(), items))
        .as("bytes of state for an item")
        .isLessThanOrEqualTo(factor * perItem(few.stateBytes(), fewItems));
    assertThat(perItem(many.historyBytes(), items))
        .as("bytes of history for an item")
        .isLessThanOrEqualTo(factor * perItem(few.historyBytes(), fewItems));
  }

  private static double perItem(long total, int items) {
    return (double) total / items;
  }

  private TopologyHarness topology(String name) {
    return new TopologyHarness(directory.resolve(name), 0);
  }
}
