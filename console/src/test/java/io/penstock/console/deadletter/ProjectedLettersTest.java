package io.penstock.console.deadletter;

import static io.penstock.console.Histories.NOON;
import static io.penstock.console.Histories.requested;
import static io.penstock.console.Histories.started;
import static io.penstock.console.Histories.usage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.console.RealServers;
import io.penstock.console.projection.PositionedConsumer;
import io.penstock.console.projection.TopicProjection;
import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepError;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepPath;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker and a real database: every letter counts once, whatever happens. */
@QuarkusTest
@WithTestResource(RealServers.class)
class ProjectedLettersTest extends WithLetterTopics {
  private HistoryTopic history;

  @BeforeEach
  void openHistory() {
    history = new HistoryTopic(servers.bootstrapServers(), database);
  }

  @AfterEach
  void closeHistory() {
    history.close();
  }

  @Test
  void five_hundred_equal_failures_are_one_group_of_five_hundred() throws Exception {
    List<ProducerRecord<byte[], byte[]>> equal = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      equal.add(
          LetterTopics.step(
              "equal~k" + i,
              "each/" + i + "/call",
              3,
              i,
              "Api 'crm': POST /contacts/%d?key=%d: 422, no field 'n%d'".formatted(i, i, i)));
    }
    letters.write(equal);
    letters.awaitProjected();

    assertThat(
            letters.ask(
                "select step, error_type, total, open, first_seen = timestamptz '2026-11-22T12:00:00Z', last_seen - first_seen from console.dead_letter_group where workflow = 'equal'"))
        .isEqualTo("each/call,runtime,500,500,t,00:08:19");
    assertThat(
            letters.ask(
                "select count(distinct id), count(*) from console.dead_letter where workflow = 'equal'"))
        .isEqualTo("500,500");
  }

  @Test
  void a_record_that_nobody_could_read_is_a_letter_of_its_own_kind() throws Exception {
    letters.write(
        LetterTopics.record(Topic.INPUTS, new byte[] {0, (byte) 0xff}, "no header ce_type"));
    letters.awaitProjected();

    assertThat(
            letters.ask(
                "select left(id, 9), topic, reason, source_partition, source_offset, value = '\\x00ff', execution_id is null, status from console.dead_letter where cause = 'no header ce_type'"))
        .isEqualTo("inputs-1-,penstock.inputs,unreadable,1,42,t,t,open");
  }

  @Test
  void letters_that_are_read_again_are_equal_and_keep_what_people_decided() throws Exception {
    letters.write(LetterTopics.step("again~1", "call", 3, 10, "500 from crm"));
    letters.write(LetterTopics.step("again~2", "call", 3, 11, "501 from crm"));
    letters.write(LetterTopics.step("again~3", "call", 3, 12, "501 from crm"));
    letters.write(LetterTopics.record(Topic.HISTORY, "{".getBytes(UTF_8), "not JSON"));
    history.write(suspended("again~3", 12, 700L).then(reopened("call")).records());
    letters.awaitProjected();
    history.awaitProjected();
    letters.run(
        "update console.dead_letter set status = 'discarded' where execution_id = 'again~1'");
    letters.run("update console.dead_letter set status = 'parked' where execution_id = 'again~2'");
    assertThat(
            letters.ask(
                "select total, open, cost_micro_usd from console.dead_letter_group where workflow = 'again'"))
        .isEqualTo("3,0,700");
    List<List<String>> before = letters.all();

    try (TopicProjection rebuilding =
        new TopicProjection(
            new DeadLetterProjection(
                new PositionedConsumer.Settings(
                    servers.bootstrapServers(), Duration.ofMillis(20), Optional.empty()),
                database),
            true,
            () -> {})) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> rebuilding.state() == TopicProjection.State.PROJECTING);
      letters.awaitProjected();
    }

    assertThat(letters.all()).containsExactlyElementsOf(before);
  }

  @Test
  void a_letter_is_resolved_by_its_replay_whether_history_or_the_letter_is_read_first()
      throws Exception {
    letters.write(LetterTopics.step("first~letter", "call", 1, 10, "500"));
    letters.awaitProjected();
    assertThat(status("first~letter")).isEqualTo("open");
    history.write(suspended("first~letter", 10, 300L).then(reopened("call")).records());
    history.write(suspended("first~history", 10, 300L).then(reopened("call")).records());
    history.write(suspended("first~open", 10, 300L).records());
    history.awaitProjected();
    letters.write(LetterTopics.step("first~history", "call", 1, 10, "500"));
    letters.write(LetterTopics.step("first~open", "call", 1, 10, "500"));
    letters.awaitProjected();

    assertThat(status("first~letter")).isEqualTo("resolved");
    assertThat(status("first~history")).isEqualTo("resolved");
    assertThat(status("first~open")).isEqualTo("open");
    assertThat(
            letters.ask(
                "select count(distinct status_at), min(cost_micro_usd), max(cost_micro_usd) from console.dead_letter where execution_id in ('first~letter', 'first~history')"))
        .isEqualTo("1,300,300");
  }

  @Test
  void a_letter_is_resolved_when_its_execution_ends_and_others_stay_open() throws Exception {
    letters.write(LetterTopics.step("ends~cancelled", "call", 1, 10, "500"));
    letters.write(LetterTopics.step("ends~not", "call", 1, 10, "500"));
    letters.awaitProjected();
    history.write(
        suspended("ends~cancelled", 10, 1L)
            .then(
                ExecutionStatus.CANCELLED,
                Optional.empty(),
                new Fact.ExecutionCancelled("ada", "no longer needed"))
            .records());
    history.awaitProjected();

    assertThat(status("ends~cancelled")).isEqualTo("resolved");
    assertThat(status("ends~not")).isEqualTo("open");
    assertThat(letters.ask("select open from console.dead_letter_group where workflow = 'ends'"))
        .isEqualTo("1");
  }

  @Test
  void a_step_that_fails_again_after_its_replay_is_a_new_letter_that_says_so() throws Exception {
    letters.write(LetterTopics.step("back~1", "call", 1, 10, "500"));
    letters.write(LetterTopics.step("back~1", "other", 1, 11, "500"));
    history.write(suspended("back~1", 10, 300L).then(reopened("call")).records());
    history.awaitProjected();
    letters.write(LetterTopics.step("back~1", "call", 2, 90, "500"));
    letters.awaitProjected();

    assertThat(
            letters.rows(
                "select path, attempt, status, replays from console.dead_letter where execution_id = 'back~1' order by path, attempt"))
        .containsExactly(
            List.of("call", "1", "resolved", "0"),
            List.of("call", "2", "open", "1"),
            List.of("other", "1", "open", "0"));
  }

  @Test
  void no_letter_and_its_history_miss_each_other_when_both_are_read_at_a_time() throws Exception {
    int executions = 300;
    Thread historian =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < executions; i++) {
                    history.write(suspended("race~" + i, 10, 1L).then(reopened("call")).records());
                  }
                });
    for (int i = 0; i < executions; i++) {
      letters.write(LetterTopics.step("race~" + i, "call", 1, 10, "500"));
    }
    historian.join();
    letters.awaitProjected();
    history.awaitProjected();

    assertThat(
            letters.ask(
                "select status, count(*), sum(cost_micro_usd) from console.dead_letter where workflow = 'race' group by 1"))
        .isEqualTo("resolved,300,300");
  }

  @Test
  void a_letter_of_a_transaction_that_was_aborted_is_none() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "letters-test"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(LetterTopics.step("decided~aborted", "call", 1, 10, "500")).get();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(LetterTopics.step("decided~committed", "call", 1, 10, "500")).get();
      producer.commitTransaction();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                letters.rows(
                    "select execution_id from console.dead_letter where workflow = 'decided'"),
            List.of(List.of("decided~committed"))::equals);
  }

  @Test
  void what_postgresql_refuses_stays_as_far_as_it_can_and_stops_nothing() throws Exception {
    letters.run(
        "alter table console.dead_letter add constraint refused check (cause <> 'refuse me')");
    try {
      letters.write(
          Arrays.asList(
              LetterTopics.step("refused~before", "call", 1, 10, "500"),
              LetterTopics.step("refused~it", "call", 1, 11, "refuse me"),
              LetterTopics.step("refused~behind", "call", 1, 12, "500")));
      letters.awaitProjected();
    } finally {
      letters.run("alter table console.dead_letter drop constraint refused");
    }

    assertThat(status("refused~before")).isEqualTo("open");
    assertThat(status("refused~behind")).isEqualTo("open");
    assertThat(
            letters.ask("select kind, cause from console.dead_letter where reason = 'unstorable'"))
        .isEqualTo("record,the console could not store this letter whole: SQLSTATE 23514");
    letters.run("delete from console.dead_letter where reason = 'unstorable'");
    letters.run("delete from console.dead_letter_group where reason = 'unstorable'");
  }

  private String status(String execution) throws Exception {
    return letters.ask(
        "select status from console.dead_letter where execution_id = '" + execution + "'");
  }

  /** Its last record has the sequence of the letter's source. */
  private static Histories suspended(String execution, long sequence, long costMicroUsd) {
    StepError error = StepError.of(ErrorType.RUNTIME, "500");
    return Histories.of(execution, NOON, sequence - 3)
        .then(started(Json.NULL), requested("call", StepKind.ENRICH, 1, 1))
        .then(
            ExecutionStatus.SUSPENDED,
            Optional.empty(),
            new Fact.AttemptFailed(
                new StepPath("call"), 1, error, usage(1, 1, costMicroUsd), NOON, NOON),
            new Fact.StepFailed(new StepPath("call"), 1, error),
            new Fact.ExecutionSuspended(Optional.of(new StepPath("call")), error));
  }

  private static Fact reopened(String path) {
    return new Fact.StepReopened(new StepPath(path), 1, 2, "ada", "crm is back");
  }
}
