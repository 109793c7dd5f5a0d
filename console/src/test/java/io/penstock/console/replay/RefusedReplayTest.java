package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.console.execution.ProblemException;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.IgnoredReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Letters that are not replayed, who says so, and what becomes of the others. */
class RefusedReplayTest extends OnReplayStand {
  @Test
  void what_cannot_be_replayed_is_refused_with_the_reason() throws Exception {
    stand.deadSteps(7);
    stand.run(
        "update console.execution set status = 'CANCELLED', ended_at = now() where id = 'lead~0'");
    stand.run("delete from console.execution where id = 'lead~1'");
    stand.run("update console.step set status = 'RUNNING' where execution_id = 'lead~2'");
    stand.run("update console.dead_letter set replays = 3 where execution_id = 'lead~3'");
    stand.run("update console.dead_letter set status = 'parked' where execution_id = 'lead~4'");
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.history' where execution_id = 'lead~5'");
    Plan plan = stand.plan(Map.of());
    assertThat(plan.replayable()).isEqualTo(1);

    String replay = stand.begin(Map.of());

    assertThat(
            stand.column(
                "select right(letter_id, 1) || ' ' || why from console.replay_letter where state = 'refused' order by position"))
        .containsExactlyElementsOf(
            plan.refused().stream()
                .map(each -> each.id().substring(each.id().length() - 1) + " " + each.why())
                .toList())
        .containsExactly(
            "0 its execution has ended: CANCELLED",
            "1 its execution is not known here (any more)",
            "2 its step is not dead any more: RUNNING",
            "3 it is parked: 3 replays of this step have ended in a letter again",
            "4 it is parked: 0 replays of this step have ended in a letter again",
            "5 records of penstock.history are not sent again");
    assertThat(stand.column("select status from console.dead_letter where execution_id = 'lead~3'"))
        .containsExactly("parked");
    assertCounts(replay, "waiting 1, in flight 0, succeeded 0, failed 0, refused 6, cancelled 0");
  }

  @Test
  void of_an_execution_that_is_half_undone_only_a_compensation_is_tried_again() throws Exception {
    stand.deadSteps(3);
    stand.run(
        """
        update console.execution set status = 'FAILED_TO_COMPENSATE' where id <> 'lead~2';
        update console.execution set status = 'COMPENSATING' where id = 'lead~2';
        update console.step set path = 'call/compensate/compensation'
         where execution_id = 'lead~0' and path = 'call';
        update console.dead_letter set path = 'call/compensate/compensation'
         where execution_id = 'lead~0'""");
    assertThat(stand.plan(Map.of()).refused())
        .extracting(each -> each.id() + " " + each.why())
        .containsExactly(
            "enrich-0-1 its execution is FAILED_TO_COMPENSATE",
            "enrich-0-2 its execution is COMPENSATING");

    String replay = stand.begin(Map.of());
    stand.rounds(replay, LONG);

    assertThat(stand.ingest.wishes())
        .extracting(wish -> wish.get("execution") + " " + wish.get("path"))
        .containsExactly("lead~0 call/compensate/compensation");
  }

  @Test
  void one_that_ingest_refuses_does_not_hold_up_the_others() throws Exception {
    stand.deadSteps(6);
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.orders().give(replay, Orders.Order.PAUSE, "bob", "so that many go at once");
    stand.rounds(replay, LONG);
    stand.orders().give(replay, Orders.Order.RESUME, "bob", "now");
    String wrong = "rp." + replay + ".enrich-0-4";
    stand.ingest.answers(
        wishes ->
            wishes.stream().anyMatch(wish -> wish.get("id").equals(wrong))
                ? new ScriptedIngest.Reply(422, null, Map.of("detail", "no such execution"))
                : ScriptedIngest.accepted());
    stand.rounds(replay, LONG);

    assertCounts(replay, "waiting 0, in flight 5, succeeded 0, failed 0, refused 1, cancelled 0");
    assertThat(
            stand.column("select letter_id || ': ' || why from console.replay_letter where late"))
        .containsExactly("enrich-0-4: ingest refused it: no such execution");
    assertThat(open()).isEqualTo("1");
  }

  /** As ingest answers a patch that is nested too deeply once it stands in a request. */
  @Test
  void what_ingest_will_never_read_is_not_sent_for_ever() throws Exception {
    stand.deadSteps(6);
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.ingest.answers(
        any -> new ScriptedIngest.Reply(400, null, Map.of("detail", "not one JSON value")));
    stand.rounds(replay, LONG);

    assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 0, refused 6, cancelled 0");
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.DONE);
    assertThat(open()).isEqualTo("6");
  }

  /** An error quotes the path of a patch, in which anything may stand. */
  @Test
  void a_reason_that_cannot_be_stored_as_it_is_refuses_all_the_same() throws Exception {
    stand.deadSteps(1);
    String replay = stand.begin(Map.of());
    stand.rounds(replay, LONG);
    stand.ignored(
        new Fact.InputIgnored(
            IgnoredReason.NOT_APPLICABLE,
            "replay rp." + replay + ".enrich-0-0",
            Optional.of("operation 0 (remove /a\0b): nothing stands there")));

    assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 0, refused 1, cancelled 0");
  }

  @Test
  void one_that_the_orchestrator_does_not_replay_is_refused() throws Exception {
    stand.deadSteps(2);
    String replay = stand.begin(Map.of("rate", "500/s"));
    stand.rounds(replay, LONG);
    stand.ignored(
        new Fact.InputIgnored(IgnoredReason.NOT_APPLICABLE, "replay rp." + replay + ".enrich-0-0"),
        new Fact.InputIgnored(
            IgnoredReason.DUPLICATE_CONTROL, "replay rp." + replay + ".enrich-0-1"));

    assertCounts(replay, "waiting 0, in flight 1, succeeded 0, failed 0, refused 1, cancelled 0");
  }

  @Test
  void more_than_a_hundred_thousand_letters_are_refused_by_the_plan_already() throws Exception {
    stand.deadSteps(100_001);
    for (Executable asking :
        List.<Executable>of(() -> stand.plan(Map.of()), () -> stand.begin(Map.of()))) {
      assertThatThrownBy(asking::execute)
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("more than 100000 letters are selected");
    }
    assertThat(open()).isEqualTo("100001");
  }
}
