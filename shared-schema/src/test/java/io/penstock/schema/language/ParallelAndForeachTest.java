package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Retry;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.expression.Reference;
import io.penstock.schema.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of steps with others inside; mistakes in them are in the table of all mistakes. */
class ParallelAndForeachTest {
  private static final String ONE = "[{id: %s, notify: {channel: ops, text: t}}]";

  @Test
  void a_parallel_waits_for_all_its_branches_unless_it_says_otherwise() {
    Step step = first("parallel: {branches: [%s, %s]}".formatted(branch("b"), branch("a")));
    Action.Parallel parallel = (Action.Parallel) step.action();

    assertThat(parallel.branches())
        .extracting(Action.ParallelBranch::name)
        .containsExactly("b", "a");
    assertThat(parallel.branch("a").orElseThrow().steps())
        .extracting(Step::id)
        .containsExactly("in-a");
    assertThat(parallel.needed()).isEqualTo(2);
    assertThat(parallel.losers()).isEqualTo(Action.Losers.CANCEL);
    assertThat(step.retry()).isEqualTo(Retry.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "join: all, 3, CANCEL",
    "join: any, 1, CANCEL",
    "join: 2, 2, CANCEL",
    "join: 3, 3, CANCEL",
    "'join: any, losers: finish', 1, FINISH",
    "'join: 2, losers: cancel', 2, CANCEL",
  })
  void a_parallel_knows_how_many_branches_it_needs(
      String written, int needed, Action.Losers losers) {
    Action.Parallel parallel =
        (Action.Parallel)
            first(
                    "parallel: {%s, branches: [%s, %s, %s]}"
                        .formatted(written, branch("a"), branch("b"), branch("c")))
                .action();

    assertThat(parallel.needed()).isEqualTo(needed);
    assertThat(parallel.losers()).isEqualTo(losers);
  }

  @Test
  void a_foreach_takes_one_item_a_round_and_stops_at_a_failure_unless_it_says_otherwise() {
    Step step = first("foreach: {items: input.list, steps: %s}".formatted(ONE.formatted("in")));

    assertThat(step.action())
        .isInstanceOfSatisfying(
            Action.Foreach.class,
            foreach -> {
              assertThat(foreach.items().source()).isEqualTo("input.list");
              assertThat(foreach.as()).isEqualTo("item");
              assertThat(foreach.concurrency()).isEqualTo(10);
              assertThat(foreach.chunk()).isEmpty();
              assertThat(foreach.tolerate()).isEmpty();
              assertThat(foreach.steps()).extracting(Step::id).containsExactly("in");
            });
    assertThat(step.retry()).isEqualTo(Retry.NONE);
  }

  @Test
  void a_foreach_is_read_with_all_its_parts() {
    Action.Foreach foreach =
        (Action.Foreach)
            first(
                    """
                    foreach: {items: "input.?list.orValue([])", as: contact, concurrency: 100, chunk: 50,
                      onItemFailure: continue, tolerate: 0.25, steps: [{id: in, notify: {channel: ops,
                      text: "{{ contact.map(one, one.name) }} {{ index }}"}}]}
                    """)
                .action();

    assertThat(foreach.as()).isEqualTo("contact");
    assertThat(foreach.concurrency()).isEqualTo(100);
    assertThat(foreach.chunk()).contains(50);
    assertThat(foreach.tolerate()).contains(0.25);
    assertThat(foreach.steps().getFirst().action().references())
        .extracting(Reference::toString)
        .containsExactly("contact", "index");
  }

  @Test
  void a_foreach_that_goes_on_tolerates_every_failure_unless_it_says_otherwise() {
    Action.Foreach foreach =
        (Action.Foreach)
            first(
                    "foreach: {items: input.list, onItemFailure: continue, steps: %s}"
                        .formatted(ONE.formatted("in")))
                .action();

    assertThat(foreach.tolerate()).contains(1.0);
  }

  @Test
  void steps_inside_of_others_read_the_items_of_all_rounds_around_them() {
    Reading reading =
        read(
            """
            foreach: {items: input.orders, as: order, steps: [
              {id: pick, route: [{when: order.total > 10 && index == 0, steps: [
                {id: lines, foreach: {items: order.lines, as: line, steps: [
                  {id: call, notify: {channel: ops, text: "{{ order.id }} {{ line.id }} {{ index }}"},
                    catch: [{output: "{{ line.id + error.type }}"}]}]}}]}]}]}
            """);

    assertTravelsUnchanged(reading);
  }

  @Test
  void eight_of_them_stand_inside_each_other() {
    assertTravelsUnchanged(
        read(
            nested(8, "foreach: {items: input.list, concurrency: 1, steps: [{id: s%1$d, %2$s}]}")));
    assertTravelsUnchanged(
        read(
            nested(
                8,
                "parallel: {branches: [{name: a, steps: [{id: s%1$d, %2$s}]}, {name: b, steps:"
                    + " [{id: b%1$d, notify: {channel: ops, text: t}}]}]}")));
  }

  @Test
  void they_stand_inside_routes_and_routes_inside_them() {
    assertTravelsUnchanged(
        read(
            nested(
                6,
                "foreach: {items: input.list, concurrency: 2, steps: [{id: r%1$d, route:"
                    + " [{otherwise: , steps: [{id: s%1$d, %2$s}]}]}]}")));
  }

  /**
   * @param around an action with the number of a level and the action inside
   */
  private static String nested(int levels, String around) {
    String action = "notify: {channel: ops, text: t}";
    for (int level = 0; level < levels; level++) {
      action = around.formatted(level, action);
    }
    return action;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 branches of 100 rounds | parallel: {branches: [HUNDRED, HUNDRED, HUNDRED, HUNDRED, HUNDRED]}",
        "one after the other | foreach: {items: input.a, concurrency: 100, steps: [STEP, STEP, STEP, STEP, STEP, STEP]}",
        "one of several ways | foreach: {items: input.a, concurrency: 100, steps: [{id: R, route: [{when: 'true', steps: [STEP]}, {otherwise: , steps: [STEP]}]}]}",
        "100 times 5 | foreach: {items: input.a, concurrency: 100, steps: [{id: P, foreach: {items: item, concurrency: 5, steps: [STEP]}}]}",
      })
  void up_to_500_steps_of_one_execution_are_at_work_at_a_time(String what, String action) {
    assertThat(read(numbered(action)).problems()).as(what).isEmpty();
  }

  @Test
  void branches_that_are_left_at_work_count_beside_the_steps_behind_them() {
    String left =
        "{id: P, parallel: {join: any, losers: LOSERS, branches: [HUNDRED, HUNDRED, HUNDRED]}}";
    String steps = "[%s, %s]".formatted(left, left);

    assertThat(read(numbered(outer(steps).replace("LOSERS", "cancel"))).problems()).isEmpty();
    assertThat(read(numbered(outer(steps).replace("LOSERS", "finish"))).problems())
        .isEmpty(); // 2 × 100 beside 3 × 100
    assertThat(
            read(numbered(
                    outer("[%s, %s, %s]".formatted(left, left, left)).replace("LOSERS", "finish")))
                .problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("/steps/0/route/0/steps");
              assertThat(problem.message()).contains("up to 700 steps", "losers: finish");
            });
  }

  private static String outer(String steps) {
    return "route: [{otherwise: , steps: %s}]".formatted(steps);
  }

  /** Steps, branches and ids of their own in place of the words. */
  private static String numbered(String action) {
    String text = action;
    for (int i = 0; text.matches("(?s).*(HUNDRED|STEP|id: [A-Z]).*"); i++) {
      text =
          text.replaceFirst(
                  "HUNDRED",
                  "{name: b%d, steps: [{id: f%d, foreach: {items: input.a, concurrency: 100, steps: [STEP]}}]}"
                      .formatted(i, i))
              .replaceFirst("STEP", "{id: s%d, notify: {channel: ops, text: t}}".formatted(i))
              .replaceFirst("id: [A-Z]\\b", "id: a%d".formatted(i));
    }
    return text;
  }

  private static String branch(String name) {
    return "{name: %s, steps: %s}".formatted(name, ONE.formatted("in-" + name));
  }

  private static Step first(String action) {
    return workflow(read(action)).steps().getFirst();
  }

  /** What a service reads from the topic is what was written. */
  private static void assertTravelsUnchanged(Reading reading) {
    Workflow written = workflow(reading);
    Json onTheWire = reading.definitions().getFirst().json();

    assertThatCode(() -> assertThat(DefinitionReader.fromJson(onTheWire.utf8())).isEqualTo(written))
        .doesNotThrowAnyException();
  }

  private static Workflow workflow(Reading reading) {
    assertThat(reading.problems()).isEmpty();
    return (Workflow) reading.definitions().getFirst().definition();
  }

  private static Reading read(String action) {
    String yaml =
        "{kind: Workflow, name: w, version: 1.0.0, steps: [{id: outer, %s}]}".formatted(action);
    return DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
