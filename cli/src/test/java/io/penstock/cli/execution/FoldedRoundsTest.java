package io.penstock.cli.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Asked;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A foreach with many rounds in {@code executions show}. */
class FoldedRoundsTest {
  private static final String EXECUTION =
      """
      {"id":"lead~k1","workflow":"lead","version":"1.0.0","status":"RUNNING",
       "startedAt":"2026-11-22T12:00:00Z","steps":[
        {"path":"list","kind":"enrich","status":"COMPLETED","attempts":[],"attemptsLeftOut":3},
        {"path":"each","kind":"foreach","status":"RUNNING","attempts":[],
         "rounds":{"total":10000,"completed":9990,"failed":7,"running":3}}],
       "stepsNext":"c1"}""";
  private static final String STEP =
      """
      {"path":"each/%d/call","kind":"enrich","status":"FAILED","attempts":[],
       "error":{"type":"runtime","message":"422 from crm"}}""";

  @Test
  void rounds_are_counted_and_the_first_failures_named() {
    try (ScriptedServer server = new ScriptedServer(FoldedRoundsTest::answer)) {
      Penstock result = Penstock.run("executions", "show", "lead~k1", "--server", server.url());

      assertThat(result.out())
          .isEqualTo(
              """
              lead~k1  RUNNING
              workflow  lead 1.0.0
              started   2026-11-22T12:00:00Z

              list  enrich  COMPLETED
                  3 earlier attempts

              each  foreach  RUNNING
                  rounds    9,990 of 10,000 done, 7 failed, 3 at work
                  failed    each/3/call, runtime: 422 from crm
                  failed    each/4/call, runtime: 422 from crm
                  failed    each/8/call, timeout: tolerated
                  and more: --all
              """);
      assertThat(result.err()).isEqualTo("there are more steps: --all\n");
      assertThat(server.requests().get(1).target())
          .isEqualTo("/api/executions/lead~k1/steps?under=each&rounds=all&status=FAILED&limit=5");
    }
  }

  @Test
  void all_reads_every_page_of_steps() throws Exception {
    try (ScriptedServer server = new ScriptedServer(FoldedRoundsTest::answer)) {
      Penstock table =
          Penstock.run("executions", "show", "lead~k1", "--all", "--server", server.url());
      Penstock json =
          Penstock.run(
              "executions", "show", "lead~k1", "--all", "-o", "json", "--server", server.url());

      assertThat(table.out()).contains("each/3/call", "each/4/call", "each/5/call");
      assertThat(table.err()).isEmpty();
      Json whole = Json.parse(json.out().getBytes(UTF_8));
      assertThat(whole.at("status")).isEqualTo("RUNNING");
      assertThat((List<?>) whole.at("steps")).hasSize(3);
      assertThat(whole.at("stepsNext")).isNull();
    }
  }

  @Test
  void more_history_than_fits_is_told() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked -> Said.ok("{\"id\":\"x\",\"steps\":[],\"history\":[],\"historyNext\":7}"))) {
      Penstock result =
          Penstock.run(
              "executions", "show", "x", "-o", "json", "--history", "--server", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(result.err()).contains("--follow -o json");
    }
  }

  private static Said answer(Asked asked) {
    if (!asked.target().contains("/steps")) {
      return Said.ok(EXECUTION);
    }
    if (asked.target().contains("status=CANCELLED")) {
      return Said.ok(
          """
          {"steps":[
            {"path":"each/7/call","status":"CANCELLED","attempts":[]},
            {"path":"each/8/call","status":"CANCELLED","attempts":[
              {"attempt":1,"error":{"type":"timeout","message":"tolerated"}}]}]}""");
    }
    return Said.ok(
        asked.target().contains("after=")
            ? "{\"steps\":[%s]}".formatted(STEP.formatted(5))
            : "{\"steps\":[%s,%s]%s}"
                .formatted(
                    STEP.formatted(3),
                    STEP.formatted(4),
                    asked.target().contains("limit=5") ? "" : ",\"next\":\"c2\""));
  }
}
