package io.penstock.console.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.console.execution.ProblemException;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What becomes of a replay, from the press of the button to its end. */
class ReplayTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static ReplayStand stand;

  @BeforeAll
  static void start() {
    stand = new ReplayStand();
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @BeforeEach
  void empty() throws Exception {
    stand.empty();
  }

  @Test
  void a_sample_goes_first_and_the_others_when_it_has_succeeded() throws Exception {
    stand.deadSteps(20);
    String replay = stand.begin(Map.of("rate", "100/s"));

    stand.rounds(replay, LONG);
    assertThat(stand.ingest.ids()).hasSize(5);
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.SAMPLING);

    stand.allReopened("COMPLETED");
    stand.rounds(replay, LONG);
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.RUNNING);
    assertCounts(replay, "waiting 10, in flight 5, succeeded 5, failed 0, refused 0, cancelled 0");

    stand.allReopened("COMPLETED");
    stand.rounds(replay, LONG);
    assertThat(stand.ingest.ids()).hasSize(20).doesNotHaveDuplicates();
    assertCounts(replay, "waiting 0, in flight 10, succeeded 10, failed 0, refused 0, cancelled 0");

    stand.allReopened("COMPLETED");
    stand.rounds(replay, Duration.ofSeconds(1));
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.DONE);
    assertCounts(replay, "waiting 0, in flight 0, succeeded 20, failed 0, refused 0, cancelled 0");
  }

  @Test
  void a_wish_names_the_dead_step_of_its_letter() throws Exception {
    stand.deadSteps(1);
    String replay =
        stand.begin(
            Map.of(
                "version",
                "1.0.1",
                "patch",
                List.of(Map.of("op", "remove", "path", "/input/email"))));
    stand.rounds(replay, LONG);

    assertThat(stand.ingest.wishes())
        .containsExactly(
            Map.of(
                "id", "rp." + replay + ".enrich-0-0",
                "execution", "lead~0",
                "verb", "replay",
                "by", "ann",
                "reason", "crm is back",
                "path", "call",
                "version", "1.0.1",
                "patch", List.of(Map.of("op", "remove", "path", "/input/email"))));
  }

  @Test
  void a_sample_that_fails_again_stops_before_the_rest() throws Exception {
    stand.deadSteps(20);
    String replay = stand.begin(Map.of());
    stand.rounds(replay, LONG);
    stand.reopened(0, "FAILED");
    stand.rounds(replay, LONG);

    assertThat(stand.ingest.ids()).hasSize(5);
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.STOPPED);
    assertThat(stand.replay(replay).why().orElseThrow()).contains("1 of the sample failed again");
    assertThat(open()).as("what was not sent can be replayed again").isEqualTo("15");
    assertCounts(replay, "waiting 0, in flight 4, succeeded 0, failed 1, refused 0, cancelled 15");

    stand.allReopened("COMPLETED");
    stand.rounds(replay, Duration.ofSeconds(1));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 4, failed 1, refused 0, cancelled 15");
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.STOPPED);
  }

  @Test
  void an_error_budget_that_is_used_up_stops_the_replay() throws Exception {
    stand.deadSteps(50);
    String replay = stand.begin(Map.of("sample", 0, "maxFailures", 2, "rate", "1/s"));
    stand.rounds(replay, Duration.ofSeconds(10));
    stand.reopened(0, "FAILED");
    stand.rounds(replay, Duration.ofSeconds(1));
    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.RUNNING);
    stand.reopened(1, "FAILED");
    stand.rounds(replay, Duration.ofSeconds(1));

    assertThat(stand.replay(replay).status()).isEqualTo(ReplayStatus.STOPPED);
    assertThat(stand.ingest.ids()).hasSizeBetween(5, 7);
  }

  @Test
  void the_rate_is_kept() throws Exception {
    stand.deadSteps(100);
    String replay = stand.begin(Map.of("sample", 0, "rate", "2/s"));
    for (int second = 0; second < 20; second++) {
      stand.rounds(replay, Duration.ofSeconds(1));
      stand.allReopened("COMPLETED");
    }

    assertThat(stand.ingest.ids()).hasSizeBetween(30, 41);
  }

  @Test
  void pressed_twice_at_once_each_letter_is_in_one_replay_only() throws Exception {
    stand.deadSteps(300);
    Callable<Long> press =
        () -> {
          try {
            return stand.replay(stand.begin(Map.of())).total();
          } catch (ProblemException e) {
            assertThat(e.getMessage()).contains("300: it is being replayed already");
            return 0L;
          }
        };
    try (ExecutorService people = Executors.newFixedThreadPool(4)) {
      long all = 0;
      for (Future<Long> each : people.invokeAll(List.of(press, press, press, press))) {
        all += each.get();
      }
      assertThat(all).isEqualTo(300);
    }
    assertThat(stand.column("select count(*) from console.replay")).containsExactly("1");
  }

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
  void a_letter_that_fails_again_after_its_last_replay_is_parked() throws Exception {
    stand.deadSteps(1);
    String replay = stand.begin(Map.of());
    stand.rounds(replay, LONG);
    stand.reopened(0, "FAILED");
    stand.letters(10, 1, 6_000, 3);
    stand.rounds(replay, Duration.ofSeconds(1));

    assertThat(stand.column("select status from console.dead_letter where id = 'enrich-0-10'"))
        .containsExactly("parked");
    assertThat(
            stand
                .database()
                .change(c -> ReplayLetters.page(c, replay, Optional.of("failedAgain"), 10, 0))
                .letters()
                .getFirst()
                .again())
        .contains("enrich-0-10");
  }

  @Test
  void a_console_killed_between_send_and_note_sends_nothing_under_another_id() throws Exception {
    stand.deadSteps(30);
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.rounds(replay, Duration.ofSeconds(3));
    // As if the note of the last request had not been written.
    stand.run(
        "update console.replay_letter set state = 'sending', sent_at = null where state = 'sent'");
    int before = stand.ingest.ids().size();

    stand.round(replay, "two");
    assertThat(stand.ingest.ids()).as("the lease is another's").hasSize(before);

    stand.leaseEnds();
    stand.round(replay, "two");
    assertThat(stand.ingest.ids()).hasSize(2 * before);
    assertThat(new HashSet<>(stand.ingest.ids())).hasSize(before);
    assertThat(stand.replay(replay).sent()).isEqualTo(before);
  }

  @Test
  void a_pause_lets_nothing_out_and_a_resume_goes_on_where_it_was() throws Exception {
    stand.deadSteps(20);
    String replay = stand.begin(Map.of("sample", 2));
    stand.rounds(replay, LONG);
    stand.orders().give(replay, Orders.Order.PAUSE, "bob", "lunch");
    stand.allReopened("COMPLETED");
    stand.rounds(replay, LONG);
    assertThat(stand.ingest.ids()).hasSize(2);
    assertThat(stand.replay(replay).succeeded()).as("outcomes count").isEqualTo(2);

    stand.orders().give(replay, Orders.Order.RESUME, "bob", "back");
    stand.rounds(replay, LONG);
    assertThat(stand.ingest.ids()).hasSize(2 + 5);
    List<Audit.Entry> audit = stand.database().change(c -> Audit.of(c, replay));
    assertThat(audit)
        .extracting(entry -> entry.by() + " " + entry.what() + " " + entry.reason())
        .containsExactly(
            "ann created crm is back",
            "bob paused lunch",
            "bob resumed back",
            "penstock running by itself");
  }

  @Test
  void a_cancel_opens_what_was_not_sent_and_takes_nothing_back() throws Exception {
    stand.deadSteps(20);
    String replay = stand.begin(Map.of());
    stand.rounds(replay, LONG);
    stand.orders().give(replay, Orders.Order.CANCEL, "bob", "wrong group");
    stand.orders().give(replay, Orders.Order.CANCEL, "bob", "wrong group");

    assertCounts(replay, "waiting 0, in flight 5, succeeded 0, failed 0, refused 0, cancelled 15");
    assertThat(open()).isEqualTo("15");
    assertThatThrownBy(() -> stand.orders().give(replay, Orders.Order.RESUME, "bob", "no"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("is cancelled");
    assertThat(stand.replay(stand.begin(Map.of())).waiting()).isEqualTo(15);
  }

  @Test
  void ingest_away_is_waited_for_and_said_so() throws Exception {
    stand.deadSteps(3);
    String replay = stand.begin(Map.of());
    stand.ingest.answers(
        any -> new ScriptedIngest.Reply(503, "7", Map.of("title", "Kafka is away")));
    stand.rounds(replay, Duration.ofSeconds(7));
    assertThat(stand.ingest.ids()).hasSize(1);
    assertThat(stand.replay(replay).why())
        .contains("waits for ingest: ingest answers 503 (Kafka is away)");

    stand.ingest.answers(any -> ScriptedIngest.accepted());
    stand.rounds(replay, LONG);
    assertThat(new HashSet<>(stand.ingest.ids())).hasSize(3);
    assertThat(stand.replay(replay).why()).isEmpty();
    assertThat(stand.replay(replay).inFlight()).isEqualTo(3);
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
    HistoryRecord ignored =
        new HistoryRecord(
            new ExecutionId("lead~0"),
            "lead",
            Optional.empty(),
            7_000,
            Instant.parse("2026-11-22T12:00:00Z"),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new Fact.InputIgnored(
                    IgnoredReason.NOT_APPLICABLE,
                    "replay rp." + replay + ".enrich-0-0",
                    Optional.of("operation 0 (remove /a\0b): nothing stands there"))));
    stand
        .database()
        .change(
            connection -> {
              new RefusedControls().follow(connection, List.of(ignored));
              return ignored;
            });

    assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 0, refused 1, cancelled 0");
  }

  /** As of a row that a newer console wrote before this one was put back in its place. */
  @Test
  void one_that_cannot_go_on_does_not_hold_up_those_behind_it() throws Exception {
    stand.deadSteps(2);
    String stuck = stand.begin(Map.of("selection", Map.of("ids", List.of("enrich-0-0"))));
    stand.round(stuck, "one");
    stand.leaseEnds();
    stand.run("update console.replay set status = 'never-heard-of'");
    stand.begin(Map.of("selection", Map.of("ids", List.of("enrich-0-1"))));

    try (Ingest client = new Ingest(stand.ingest.url(), LONG);
        ReplayWorker worker = stand.worker(client)) {
      worker.start();
      Instant end = Instant.now().plusSeconds(10);
      while (stand.ingest.ids().size() < 2 && Instant.now().isBefore(end)) {
        Thread.sleep(50);
      }
    }
    assertThat(stand.ingest.ids()).hasSize(2).anyMatch(id -> id.endsWith("enrich-0-1"));
  }

  @Test
  void more_replays_than_one_look_takes_get_their_turns() throws Exception {
    stand.deadSteps(1);
    stand.run(
        """
        insert into console.replay (id, status, resumes_as, by, reason, selection, rate, per_second,
                                    sample, max_failures, created_at)
        select 'r' || i, 'running', 'running', 'ann', 'x', '{}', '10/s', 10, 0, 3,
               now() - make_interval(secs => 100 - i)
        from generate_series(1, 60) i""");
    Set<String> seen = new HashSet<>();
    for (int look = 0; look < 2; look++) {
      for (String id : stand.database().change(c -> Replaying.withWork(c, "one"))) {
        stand.database().change(c -> Replaying.claim(c, id, "one", Duration.ofSeconds(20)));
        seen.add(id);
      }
    }
    assertThat(seen).hasSize(60);
  }

  @Test
  void one_that_the_orchestrator_does_not_replay_is_refused() throws Exception {
    stand.deadSteps(2);
    String replay = stand.begin(Map.of("rate", "500/s"));
    stand.rounds(replay, LONG);
    HistoryRecord ignored =
        new HistoryRecord(
            new ExecutionId("lead~0"),
            "lead",
            Optional.empty(),
            7_000,
            Instant.parse("2026-11-22T12:00:00Z"),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new Fact.InputIgnored(
                    IgnoredReason.NOT_APPLICABLE, "replay rp." + replay + ".enrich-0-0"),
                new Fact.InputIgnored(
                    IgnoredReason.DUPLICATE_CONTROL, "replay rp." + replay + ".enrich-0-1")));
    stand
        .database()
        .change(
            connection -> {
              new RefusedControls().follow(connection, List.of(ignored));
              return ignored;
            });

    assertCounts(replay, "waiting 0, in flight 1, succeeded 0, failed 0, refused 1, cancelled 0");
  }

  @Test
  void the_oldest_letter_without_an_outcome_is_shown() throws Exception {
    stand.deadSteps(2);
    String replay = stand.begin(Map.of("sample", 0));
    assertThat(stand.replay(replay).oldestInFlight()).isEmpty();
    stand.rounds(replay, Duration.ofSeconds(30));
    stand.run(
        """
        update console.replay_letter set sent_at = timestamptz '2026-11-22T12:00:00Z' + position * interval '1 minute'""");

    assertThat(stand.replay(replay).oldestInFlight())
        .contains(Instant.parse("2026-11-22T12:01:00Z"));
    stand.reopened(0, "COMPLETED");
    stand.rounds(replay, Duration.ofSeconds(1));
    assertThat(stand.replay(replay).oldestInFlight())
        .contains(Instant.parse("2026-11-22T12:02:00Z"));
    stand.reopened(1, "COMPLETED");
    stand.rounds(replay, Duration.ofSeconds(1));
    assertThat(stand.replay(replay).oldestInFlight()).isEmpty();
  }

  @Test
  void a_record_goes_back_as_it_is_and_fails_again_if_it_is_a_letter_again() throws Exception {
    stand.deadSteps(2);
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.inputs', execution_id = null, path = null, value = convert_to(id, 'UTF8'), headers = '[[\"a\",\"Yg==\"]]'");
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.rounds(replay, Duration.ofSeconds(1));
    Map<?, ?> sent = stand.ingest.wishes().getFirst();
    assertThat(sent.get("id")).isEqualTo("rp." + replay + ".enrich-0-0");
    assertThat(sent.get("topic")).isEqualTo("penstock.inputs");
    assertThat(sent.get("partition")).isEqualTo(0L);
    assertThat(sent.get("key")).isNull();
    assertThat(sent.get("value")).isEqualTo("ZW5yaWNoLTAtMA==");
    assertThat(sent.get("headers")).isEqualTo(List.of(List.of("a", "Yg==")));

    stand.rounds(replay, Duration.ofSeconds(2));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 2, failed 0, refused 0, cancelled 0");

    stand.run(
        "insert into console.dead_letter select (jsonb_populate_record(l, '{\"id\":\"inputs-0-9\",\"status\":\"open\"}')).* from console.dead_letter l where id = 'enrich-0-0'");
    stand.run(
        "update console.dead_letter set at = now() where id = 'inputs-0-9'; update console.replay_letter set state = 'sent' where letter_id = 'enrich-0-0'");
    stand.rounds(replay, Duration.ofSeconds(2));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 1, failed 1, refused 0, cancelled 0");
  }

  @Test
  void a_record_that_is_a_letter_again_after_three_replays_is_parked() throws Exception {
    stand.deadSteps(1);
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.inputs', execution_id = null, path = null, headers = '[]'");
    for (int replays = 1; replays <= 3; replays++) {
      String replay = stand.begin(Map.of("sample", 0));
      stand.round(replay, "one");
      stand.run(
          "insert into console.dead_letter select (jsonb_populate_record(l, jsonb_build_object('id', 'inputs-0-%d', 'status', 'open', 'replays', 0, 'at', now()))).* from console.dead_letter l where status = 'replaying'"
              .formatted(replays));
      stand.rounds(replay, Duration.ofSeconds(1));
      assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 1, refused 0, cancelled 0");
    }
    assertThat(
            stand.column(
                "select replays || ' ' || status from console.dead_letter where id like 'inputs-0-%' order by id"))
        .containsExactly("1 resolved", "2 resolved", "3 parked");
    assertThatThrownBy(() -> stand.begin(Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it is parked");
  }

  @Test
  void a_record_goes_back_edited_where_its_value_can_be() throws Exception {
    stand.deadSteps(2);
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.inputs', execution_id = null, path = null, headers = '[]', value = case id when 'enrich-0-0' then convert_to('{\"id\":1}', 'UTF8') else convert_to('no json', 'UTF8') end");
    String replay =
        stand.begin(
            Map.of(
                "sample",
                0,
                "rate",
                "500/s",
                "patch",
                List.of(Map.of("op", "replace", "path", "/id", "value", "7"))));
    stand.rounds(replay, Duration.ofSeconds(1));

    assertThat(stand.ingest.wishes()).hasSize(1);
    byte[] sent =
        Base64.getDecoder().decode((String) stand.ingest.wishes().getFirst().get("value"));
    assertThat(new String(sent, UTF_8)).isEqualTo("{\"id\":\"7\"}");

    stand.run(
        "insert into console.dead_letter select (jsonb_populate_record(l, '{\"id\":\"inputs-0-9\",\"status\":\"open\",\"fingerprint\":\"other\"}')).* from console.dead_letter l where id = 'enrich-0-0'");
    stand.run(
        "update console.dead_letter set at = now(), value = convert_to('{\"id\":\"7\"}', 'UTF8') where id = 'inputs-0-9'");
    stand.rounds(replay, Duration.ofSeconds(3));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 1, refused 1, cancelled 0");
    assertThat(stand.column("select why from console.replay_letter where state = 'refused'"))
        .singleElement()
        .asString()
        .startsWith("its value is no JSON");
  }

  @Test
  void ten_thousand_letters_are_begun_and_counted() throws Exception {
    stand.deadSteps(10_000);
    assertThat(stand.plan(Map.of()).replayable()).isEqualTo(10_000);
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.rounds(replay, Duration.ofMinutes(1));

    assertThat(stand.replay(replay).inFlight()).as("as nothing is known of them").isEqualTo(5);
    assertThat(stand.replay(replay).waiting()).isEqualTo(9_995);
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

  private static String open() throws Exception {
    return stand
        .column("select count(*) from console.dead_letter where status = 'open'")
        .getFirst();
  }

  private static void assertCounts(String id, String expected) throws Exception {
    Replay replay = stand.replay(id);
    assertThat(
            "waiting %d, in flight %d, succeeded %d, failed %d, refused %d, cancelled %d"
                .formatted(
                    replay.waiting(),
                    replay.inFlight(),
                    replay.succeeded(),
                    replay.failedAgain(),
                    replay.refused(),
                    replay.cancelled()))
        .isEqualTo(expected);
    assertThat(
            replay.waiting()
                + replay.inFlight()
                + replay.succeeded()
                + replay.failedAgain()
                + replay.refused()
                + replay.cancelled())
        .isEqualTo(replay.total());
  }
}
