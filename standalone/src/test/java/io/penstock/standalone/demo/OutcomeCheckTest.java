package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.standalone.demo.world.Call;
import io.penstock.standalone.demo.world.Part;
import io.penstock.standalone.demo.world.ScriptedFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeCheckTest {
  private final Lead ada = Leads.of(1).get(0);
  private final List<Call> calls =
      new ArrayList<>(
          List.of(
              call(Part.COMPANIES, "k1", 200),
              call(Part.CONTACTS, "k5", 200),
              call(Part.NEWS, "k6", 200),
              call(Part.MODEL, "k2", 200),
              call(Part.CRM, "k3", 201),
              call(Part.CHAT, "k4", 200)));

  private Call call(Part part, String key, int status) {
    return call(part, "/crm/v3/objects/deals", "high", key, status);
  }

  private Call call(Part part, String path, String pipeline, String key, int status) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("pipeline", pipeline);
    return new Call(part, path, Optional.of(ada.email()), Optional.of(key), body, status);
  }

  private List<String> problems(ExecutionProgress progress) {
    return new OutcomeCheck(calls, ScriptedFailures.none(), true).problems(ada, progress);
  }

  @Test
  void a_lead_that_went_its_way_has_no_problems() {
    assertThat(problems(ScreenText.completed(29, "high", "deal"))).isEmpty();
  }

  @Test
  void an_execution_that_did_not_complete_is_a_problem() {
    assertThat(problems(ExecutionProgress.ACCEPTED))
        .containsExactly("ada@nordwerk.example: the execution is ACCEPTED");
  }

  @Test
  void another_score_than_the_rules_give_is_a_problem() {
    assertThat(problems(ScreenText.completed(26, "high", "deal")))
        .containsExactly("ada@nordwerk.example: scored 26, expected 29");
  }

  @Test
  void a_real_model_may_score_as_it_likes_but_the_route_must_follow() {
    OutcomeCheck check = new OutcomeCheck(calls, ScriptedFailures.none(), false);
    assertThat(check.problems(ada, ScreenText.completed(26, "high", "deal"))).isEmpty();
    assertThat(check.problems(ada, ScreenText.completed(16, "high", "deal")))
        .contains("ada@nordwerk.example: went high, expected medium");
  }

  @Test
  void the_wrong_pipeline_in_the_crm_is_a_problem() {
    calls.set(4, call(Part.CRM, "/crm/v3/objects/leads", "low", "k3", 201));
    assertThat(problems(ScreenText.completed(29, "high", "deal")))
        .containsExactly(
            "ada@nordwerk.example: the CRM was told 'low' at /crm/v3/objects/leads, expected 'high' at /crm/v3/objects/deals");
  }

  @Test
  void a_second_notification_is_a_problem() {
    calls.add(call(Part.CHAT, "k4", 200));
    assertThat(problems(ScreenText.completed(29, "high", "deal")))
        .containsExactly(
            "ada@nordwerk.example: the chat API was called 2 times, 2 of them with success; expected 1 and 1");
  }

  @Test
  void a_missing_call_is_a_problem() {
    calls.remove(5);
    assertThat(problems(ScreenText.completed(29, "high", "deal"))).hasSize(1);
  }

  @Test
  void a_retry_with_another_key_is_a_problem_and_with_the_same_is_none() {
    ScriptedFailures scripted =
        new ScriptedFailures(Optional.of(ada.email()), Optional.empty(), Optional.empty());
    ExecutionProgress completed = ScreenText.completed(29, "high", "deal");
    calls.add(call(Part.COMPANIES, "k1", 503));
    assertThat(new OutcomeCheck(calls, scripted, true).problems(ada, completed)).isEmpty();
    calls.set(6, call(Part.COMPANIES, "other", 503));
    assertThat(new OutcomeCheck(calls, scripted, true).problems(ada, completed))
        .containsExactly(
            "ada@nordwerk.example: calls of the companies API had different Idempotency-Keys");
  }

  @Test
  void a_fallback_where_an_answer_was_to_be_had_is_a_problem() {
    assertThat(problems(ScreenText.completed(ScreenText.caught("person"), 29, "high", "deal")))
        .containsExactly("ada@nordwerk.example: step person got its fallback, expected an answer");
  }

  @Test
  void a_fallback_is_right_where_the_script_has_no_answer_and_a_retry_of_it_is_not() {
    ScriptedFailures noNews =
        new ScriptedFailures(Optional.empty(), Optional.empty(), Optional.of(ada.email()));
    OutcomeCheck check = new OutcomeCheck(calls, noNews, true);
    ExecutionProgress without =
        new ExecutionProgress(
            "COMPLETED",
            List.of(
                ScreenText.done("company"), ScreenText.done("person"), ScreenText.caught("news")),
            Optional.of(29.0),
            Optional.of("high"),
            Optional.empty(),
            Optional.empty());
    calls.set(2, call(Part.NEWS, "k6", 503));
    assertThat(check.problems(ada, without)).isEmpty();
    assertThat(check.problems(ada, ScreenText.completed(29, "high", "deal")))
        .containsExactly("ada@nordwerk.example: step news got an answer, expected its fallback");
    calls.add(call(Part.NEWS, "k6", 200));
    assertThat(check.problems(ada, without))
        .containsExactly(
            "ada@nordwerk.example: the news API was called 2 times, 1 of them with success; expected 1 and 0");
  }
}
