package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.penstock.console.execution.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What becomes of a replay, from the press of the button to its end. */
class ReplayTest extends OnReplayStand {
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
      await().atMost(LONG).until(() -> stand.ingest.ids().size() == 2);
    }
    assertThat(stand.ingest.ids()).anyMatch(id -> id.endsWith("enrich-0-1"));
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
  void ten_thousand_letters_are_begun_and_counted() throws Exception {
    stand.deadSteps(10_000);
    assertThat(stand.plan(Map.of()).replayable()).isEqualTo(10_000);
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.rounds(replay, Duration.ofMinutes(1));

    assertThat(stand.replay(replay).inFlight()).as("as nothing is known of them").isEqualTo(5);
    assertThat(stand.replay(replay).waiting()).isEqualTo(9_995);
  }
}
