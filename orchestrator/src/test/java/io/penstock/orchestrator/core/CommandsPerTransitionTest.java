package io.penstock.orchestrator.core;

import static io.penstock.orchestrator.core.Defined.enrich;
import static io.penstock.orchestrator.core.Defined.foreach;
import static io.penstock.orchestrator.core.Defined.lane;
import static io.penstock.orchestrator.core.Defined.parallel;
import static io.penstock.orchestrator.core.Happening.attempt;
import static io.penstock.orchestrator.core.Happening.operator;
import static io.penstock.orchestrator.core.Happening.startedWith;
import static io.penstock.orchestrator.core.Happening.timerFires;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Step;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A transition stays small, whatever it sets going: the rest comes with the next. */
class CommandsPerTransitionTest {
  private static final int LIMIT = 100;
  private static final Object MANY = Map.of("list", Collections.nCopies(60, "x"));

  /** 180 steps at a time. */
  private static PlayedExecution threeLists() {
    return new PlayedExecution(
        Defined.workflow(
            parallel("all", lane("a", each("ea")), lane("b", each("eb")), lane("c", each("ec")))));
  }

  private static Step each(String id) {
    return foreach(id, "input.list", 60, enrich("call-" + id));
  }

  private static List<Message> commands(PlayedExecution.Transition transition) {
    return transition.messages().stream().filter(Message.Command.class::isInstance).toList();
  }

  @Test
  void a_hundred_commands_leave_and_the_others_wait_for_their_timer() {
    PlayedExecution.Transition started = threeLists().happens(startedWith(MANY).at("10:00:00"));

    assertThat(commands(started)).hasSize(LIMIT);
    assertThat(started.facts())
        .filteredOn(Fact.StepPutOff.class::isInstance)
        .as("20 rounds of the second, and the third as a whole")
        .hasSize(21);
    assertThat(started.facts())
        .endsWith(new Fact.WakeUpSet(Optional.empty(), Optional.of(Times.at("10:00:00"))));
  }

  @Test
  void the_others_leave_with_the_next() {
    PlayedExecution execution = threeLists();
    execution.happens(startedWith(MANY).at("10:00:00"));

    assertThat(commands(execution.happens(timerFires().at("10:00:00")))).hasSize(80);
    assertThat(execution.wakeUp()).contains(Times.at("11:00:00"));
  }

  @Test
  void more_timers_than_a_transition_takes_fire_with_the_next_and_as_another_announcement() {
    PlayedExecution execution = threeLists();
    execution.happens(startedWith(MANY).at("10:00:00"));
    execution.happens(timerFires().at("10:00:00"));

    PlayedExecution.Transition redelivered = execution.happens(timerFires().at("11:00:00"));

    assertThat(commands(redelivered)).hasSize(LIMIT);
    assertThat(execution.wakeUp()).contains(Times.at("11:00:00").plusMillis(1));
    assertThat(commands(execution.happens(timerFires().at("11:00:01")))).hasSize(80);
    assertThat(execution.wakeUp()).contains(Times.at("12:00:00"));
  }

  @Test
  void commands_that_carry_much_leave_a_few_at_a_time() {
    Map<String, Object> large =
        Map.of("list", Collections.nCopies(60, "x"), "text", "x".repeat(100_000));
    PlayedExecution execution =
        new PlayedExecution(
            Defined.workflow(
                foreach("each", "input.list", 60, enrich("call", "{{ input.text }}"))));

    int first = commands(execution.happens(startedWith(large).at("10:00:00"))).size();
    int second = commands(execution.happens(timerFires().at("10:00:00"))).size();
    int third = commands(execution.happens(timerFires().at("10:00:01"))).size();

    assertThat(first).isBetween(20, 30);
    assertThat(first + second + third).isEqualTo(60);
  }

  @Test
  void what_was_held_leaves_a_hundred_at_a_time_too() {
    PlayedExecution execution = threeLists();
    execution.happens(startedWith(MANY).at("10:00:00"));
    execution.happens(timerFires().at("10:00:00"));
    execution.happens(operator(Control.Verb.PAUSE));
    execution.happens(timerFires().at("11:00:00"));
    execution.happens(timerFires().at("11:00:01"));

    assertThat(commands(execution.happens(operator(Control.Verb.RESUME).at("11:00:02"))))
        .hasSize(LIMIT);
    assertThat(commands(execution.happens(timerFires().at("11:00:02")))).hasSize(80);
  }

  @Test
  void an_attempt_that_was_put_off_is_answered_like_any() {
    PlayedExecution execution = threeLists();
    execution.happens(startedWith(MANY).at("10:00:00"));
    PlayedExecution.Transition rest = execution.happens(timerFires().at("10:00:00"));
    Message.Command putOff = (Message.Command) commands(rest).getFirst();

    assertThat(putOff.request().id().delivery()).isEqualTo(1);
    assertThat(
            execution
                .happens(attempt(1).of(putOff.request().id().path().value()).succeeds("ok"))
                .facts())
        .hasAtLeastOneElementOfType(Fact.StepCompleted.class);
  }

  @Test
  void what_was_put_off_is_no_deferral_and_answered_by_nobody_yet() {
    PlayedExecution execution = threeLists();
    PlayedExecution.Transition started = execution.happens(startedWith(MANY).at("10:00:00"));
    String putOff = "all/b/eb/59/call-eb";

    assertThat(started.facts())
        .contains(new Fact.StepPutOff(new StepPath(putOff), Times.at("10:00:00")))
        .noneMatch(Fact.AttemptDeferred.class::isInstance);
    assertThat(execution.happens(attempt(1).of(putOff).succeeds("made up")).facts())
        .hasOnlyElementsOfType(Fact.InputIgnored.class);
  }

  @Test
  void what_was_put_off_leaves_in_its_order() {
    PlayedExecution execution = threeLists();
    execution.happens(startedWith(MANY).at("10:00:00"));
    execution.happens(attempt(1).of("all/a/ea/0/call-ea").failsTransiently("429"));

    List<Message> rest = commands(execution.happens(timerFires().at("10:00:30")));

    assertThat(rest.stream().map(message -> ((Message.Command) message).request().id().path()))
        .startsWith(new StepPath("all/b/eb/40/call-eb"), new StepPath("all/b/eb/41/call-eb"))
        .endsWith(new StepPath("all/c/ec/59/call-ec"));
  }

  /** Their timers have run out; that they are late is not written again in each transition. */
  @Test
  void what_is_still_late_after_its_timer_fired_is_put_off_without_a_fact() {
    Map<String, Object> large =
        Map.of("list", Collections.nCopies(60, "x"), "text", "x".repeat(100_000));
    PlayedExecution execution =
        new PlayedExecution(
            Defined.workflow(
                foreach("each", "input.list", 60, enrich("call", "{{ input.text }}"))));
    execution.happens(startedWith(large).at("10:00:00"));

    PlayedExecution.Transition second = execution.happens(timerFires().at("10:00:00"));

    assertThat(second.facts()).noneMatch(Fact.StepPutOff.class::isInstance);
    assertThat(execution.wakeUp()).contains(Times.at("10:00:00").plusMillis(1));
  }

  @Test
  void what_a_replay_after_a_bug_lets_go_leaves_a_hundred_at_a_time_too() {
    PlayedExecution execution = threeLists();
    execution.happens(startedWith(MANY).at("10:00:00"));
    execution.happens(Happening.aBugIsMet());
    execution.happens(operator(Control.Verb.REPLAY).at("10:30:00"));
    execution.happens(operator(Control.Verb.PAUSE));
    execution.happens(timerFires().at("11:30:00"));
    execution.happens(timerFires().at("11:30:01"));
    execution.happens(Happening.aBugIsMet());
    execution.happens(operator(Control.Verb.REPLAY));

    assertThat(commands(execution.happens(operator(Control.Verb.RESUME)))).hasSize(LIMIT);
  }

  @Test
  void rounds_that_end_at_once_do_not_end_in_one_transition() {
    Step empty = foreach("inner", "[]", 1, enrich("never"));
    PlayedExecution execution =
        new PlayedExecution(Defined.workflow(foreach("each", "input.list", 10, empty)));
    Object list = Map.of("list", Collections.nCopies(1_000, 1));

    assertThat(execution.happens(startedWith(list)).facts()).hasSizeLessThan(600);
    int transitions = 1;
    while (execution.pieces().control().isPresent()) {
      assertThat(execution.happens(timerFires()).facts()).hasSizeLessThan(600);
      transitions++;
    }
    assertThat(transitions).isBetween(5, 20);
  }

  @Test
  void a_list_beside_another_payload_is_found_with_the_next() {
    String large = "x".repeat(200 * 1024);
    PlayedExecution execution =
        new PlayedExecution(
            Defined.workflow(
                enrich("list"), foreach("each", "steps.list.output", 2, enrich("call"))));
    execution.happens(Happening.started());

    PlayedExecution.Transition listed =
        execution.happens(attempt(1).of("list").succeeds(List.of(large)));
    assertThat(listed.facts()).noneMatch(Fact.ItemsFound.class::isInstance);
    assertThat(execution.happens(timerFires()).facts())
        .hasAtLeastOneElementOfType(Fact.ItemsFound.class);
  }

  /** A worker's delay may have nanoseconds, the timer store has none. */
  @Test
  void a_timer_that_comes_back_from_the_store_is_recognised() {
    PlayedExecution execution = new PlayedExecution(Defined.workflow(enrich("company")));
    execution.happens(Happening.started());
    execution.happens(
        attempt(1).of("company").isDeferredFor(Duration.ofSeconds(5).plusNanos(1)).at("10:00:05"));

    Instant due = execution.wakeUp().orElseThrow();
    assertThat(due).isEqualTo(Times.at("10:00:10").plusMillis(1));
    assertThat(Instant.ofEpochMilli(due.toEpochMilli())).isEqualTo(due);
  }
}
