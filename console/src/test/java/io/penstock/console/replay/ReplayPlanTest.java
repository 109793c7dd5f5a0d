package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.console.execution.ProblemException;
import io.penstock.schema.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What somebody learns before pressing. */
class ReplayPlanTest {
  @Test
  void a_plan_names_steps_calls_cost_time_and_the_difference() throws Exception {
    try (ReplayStand stand = new ReplayStand()) {
      stand.deadSteps(20);
      stand.run(
          "insert into console.attempt (execution_id, path, generation, attempt, deliveries, outcome, model, input_tokens, output_tokens, cost_micro_usd) select 'lead~' || i, 'call', 1, 1, 1, 'failed', 'small-model', 1, 1, 100 + i from generate_series(0, 2) i");

      Plan plan =
          stand.plan(
              Map.of(
                  "patch",
                  List.of(Map.of("op", "replace", "path", "/input/email", "value", "x@y.z"))));

      assertThat(plan)
          .isEqualTo(
              new Plan(
                  20,
                  20,
                  List.of(),
                  List.of(
                      new Plan.Step(
                          "lead",
                          "1.0.0",
                          "call",
                          20,
                          List.of("company"),
                          List.of(
                              new Plan.Repeat(
                                  "enrich", "small-model", 20, false, Optional.of(101L))))),
                  Optional.of(2_020L),
                  2,
                  Optional.of(
                      List.of(
                          new Patch.Change(
                              "replace",
                              "/input/email",
                              Optional.of("ann@example.com"),
                              Optional.of("x@y.z"),
                              Optional.empty()))),
                  Optional.of("enrich-0-0"),
                  Optional.of(new PatchTrial.Tried(20, 0, Optional.empty(), Optional.empty()))));
      assertThat(stand.plan(Map.of()).steps().getFirst().repeats().getFirst().sameKey()).isTrue();
      assertThat(stand.column("select count(*) from console.dead_letter where status = 'open'"))
          .as("nothing has changed")
          .containsExactly("20");
      stand.run("delete from console.attempt");
      assertThat(stand.plan(Map.of()).estimatedCostMicroUsd()).isEmpty();

      for (Map<String, ?> wrong : wrongWishes().toList()) {
        assertThatThrownBy(() -> stand.wish(wrong))
            .as("%s", wrong.keySet())
            .isInstanceOf(ProblemException.class);
      }
    }
  }

  static Stream<Map<String, ?>> wrongWishes() {
    Map<String, Object> add = Map.of("op", "add", "path", "/a", "value", 1);
    return Stream.of(
        Map.of("patch", Map.of("op", "add")),
        Map.of("patch", "[]"),
        Map.of("patch", List.of()),
        Map.of("patch", List.of(1)),
        Map.of("patch", List.of(Map.of("op", "add", "path", "/a"))),
        Map.of("patch", List.of(Map.of("op", "add", "path", "a", "value", 1))),
        Map.of("patch", List.of(Map.of("op", "steal", "path", "/a", "value", 1))),
        Map.of("patch", List.of(Map.of("op", "move", "path", "/a"))),
        Map.of("patch", Collections.nCopies(101, add)),
        Map.of("patch", List.of(Map.of("op", "add", "path", "/a", "value", "x".repeat(64 * 1024)))),
        Map.of("rate", "0/s"),
        Map.of("rate", "501/s"),
        Map.of("rate", "fast"),
        Map.of("sample", -1),
        Map.of("maxFailures", 0),
        Map.of("maxFailures", "3"),
        Map.of("dryRun", "yes"),
        Map.of("version", ""),
        Map.of("by", "a\nb"),
        Map.of("reason", "x".repeat(501)),
        Map.of("retries", 3));
  }

  @Test
  void a_patch_that_does_not_apply_is_seen_before_anything_is_sent() throws Exception {
    try (ReplayStand stand = new ReplayStand()) {
      stand.deadSteps(120);
      stand.run(
          """
          update console.dead_letter set value = convert_to('{"context":{"input":{"phone":"1"}}}', 'UTF8')
          where id in ('enrich-0-3', 'enrich-0-7', 'enrich-0-110');
          update console.dead_letter set value = null where id = 'enrich-0-9'""");
      Map<String, ?> remove =
          Map.of("patch", List.of(Map.of("op", "remove", "path", "/input/email")));

      Plan plan = stand.plan(remove);

      assertThat(plan.patchDiff().orElseThrow().getFirst().why()).isEmpty();
      assertThat(plan.patchTried())
          .contains(
              new PatchTrial.Tried(
                  100,
                  3,
                  Optional.of("enrich-0-3"),
                  Patch.of(Json.of(remove.get("patch")))
                      .refusal(Json.of(Map.of("input", Map.of("phone", "1"))))));
      assertThat(plan.patchTried().orElseThrow().why().orElseThrow())
          .startsWith("operation 0 (remove /input/email): ");
      stand.run("update console.dead_letter set value = 'no JSON'::bytea where id = 'enrich-0-0'");
      Plan unreadable = stand.plan(remove);
      assertThat(unreadable.patchDiff()).contains(List.of());
      assertThat(unreadable.patchTried().orElseThrow().why())
          .contains("what it would edit is no JSON");
      stand.run("update console.dead_letter set size = 4 << 20");
      assertThat(stand.plan(remove).patchTried().orElseThrow().letters()).isEqualTo(2);
    }
  }
}
