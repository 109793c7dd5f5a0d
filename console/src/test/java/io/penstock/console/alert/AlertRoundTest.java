package io.penstock.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.console.RealServers;
import io.penstock.console.projection.SchemaMigration;
import io.penstock.schema.definition.Alert;
import io.penstock.schema.json.Json;
import io.penstock.schema.language.DefinitionReader;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL is real, ingest is not. */
@QuarkusTest
@WithTestResource(RealServers.class)
class AlertRoundTest {
  /** Far from the times that other tests write into the same database. */
  private static final Instant NOW = Instant.parse("2031-05-05T12:00:00Z");

  private static final String STOPPED = "on: [suspended, failed], throttle: 0s";

  @Inject DataSource database;
  @Inject SchemaMigration migration;
  private StoppedExecutions executions;
  private ScriptedIngest ingest;
  private Instant now = NOW;

  @BeforeEach
  void begin() throws SQLException {
    migration.run();
    executions = new StoppedExecutions(database);
    executions.forgetAlerts();
    ingest = new ScriptedIngest();
  }

  @AfterEach
  void end() throws SQLException {
    ingest.close();
    executions.forgetExecutions();
    executions.forgetAlerts();
  }

  @Test
  void a_suspended_execution_is_told_of_once_with_all_that_is_known() throws Exception {
    executions.add("lead~alerted1", "SUSPENDED", ago(30));

    assertThat(look(alert(STOPPED))).isTrue();
    assertThat(look(alert(STOPPED))).isTrue();

    assertThat(ingest.events()).hasSize(1);
    Json event = ingest.events().getFirst();
    assertThat(event.at("source")).isEqualTo("penstock");
    assertThat(event.at("type")).isEqualTo("alert.tell");
    assertThat(event.at("data", "kind")).isEqualTo("suspended");
    assertThat(event.at("data", "execution")).isEqualTo("lead~alerted1");
    assertThat(event.at("data", "step")).isEqualTo("each/3/deal");
    assertThat(event.at("data", "error", "message")).isEqualTo("422 from crm");
    assertThat(event.at("data", "link")).isEqualTo("/api/executions/lead~alerted1");
    assertThat(event.at("data", "summary"))
        .isEqualTo(
            "lead 1.0.0 is suspended at step each/3/deal: runtime: 422 from crm\npenstock executions show lead~alerted1");
  }

  @Test
  void one_that_is_half_undone_and_waits_for_an_operator_is_told_of_as_suspended()
      throws Exception {
    executions.add("lead~alerted1", "FAILED_TO_COMPENSATE", ago(30));
    assertThat(look(alert(STOPPED))).isTrue();

    assertThat(ingest.events()).hasSize(1);
    assertThat(ingest.events().getFirst().at("data", "kind")).isEqualTo("suspended");
  }

  @Test
  void who_is_suspended_again_is_told_of_again() throws Exception {
    executions.add("lead~alerted1", "SUSPENDED", ago(30));
    look(alert(STOPPED));
    executions.forgetExecutions();
    executions.add("lead~alerted1", "SUSPENDED", ago(10));
    look(alert(STOPPED));

    assertThat(ingest.ids()).hasSize(2);
  }

  @Test
  void a_console_that_died_after_sending_sends_the_same_again() throws Exception {
    executions.add("lead~alerted1", "SUSPENDED", ago(30));
    look(alert(STOPPED));
    executions.run("update console.alert_message set ended_at = null");

    look(alert(STOPPED));

    assertThat(ingest.events()).hasSize(2);
    assertThat(ingest.ids()).hasSize(1);
    assertThat(ingest.events().get(1)).isEqualTo(ingest.events().get(0));
  }

  @Test
  void while_ingest_is_away_nothing_is_lost_and_nothing_said_twice() throws Exception {
    executions.add("lead~alerted1", "SUSPENDED", ago(30));
    String address = ingest.url();
    ingest.close();
    assertThat(new AlertRound(database, new EventDoor(address), () -> now).run(alert(STOPPED)))
        .isFalse();
    ingest = new ScriptedIngest();
    executions.add("lead~alerted2", "FAILED", ago(20));

    ingest.next(503, "{}");
    assertThat(look(alert(STOPPED))).isFalse();
    assertThat(look(alert(STOPPED))).isTrue();

    assertThat(ingest.ids()).hasSize(2);
    assertThat(ingest.events()).hasSize(3);
  }

  @Test
  void what_is_old_at_first_sight_or_was_told_before_a_rebuild_is_not_told() throws Exception {
    executions.add("lead~alerted-old", "FAILED", now.minus(Duration.ofHours(25)));
    executions.add("lead~alerted-new", "FAILED", ago(30));
    look(alert(STOPPED));
    executions.forgetExecutions();
    executions.add("lead~alerted-old", "FAILED", now.minus(Duration.ofHours(25)));
    executions.add("lead~alerted-new", "FAILED", ago(30));
    look(alert(STOPPED));

    assertThat(ingest.events())
        .extracting(event -> event.at("data", "execution"))
        .containsExactly("lead~alerted-new");
  }

  @Test
  void those_that_are_alike_share_a_message_within_the_throttle() throws Exception {
    List<Alert> alert = alert("on: [failed], throttle: 10m");
    executions.add("lead~alerted1", "FAILED", ago(30));
    look(alert);
    for (int i = 2; i <= 4; i++) {
      executions.add("lead~alerted" + i, "FAILED", ago(20 - i));
    }
    executions.add("order~alerted5", "FAILED", ago(5));
    look(alert);
    now = now.plus(Duration.ofMinutes(10));
    look(alert);
    look(alert);

    assertThat(ingest.events())
        .extracting(event -> event.at("data", "execution") + " " + event.at("data", "count"))
        .containsExactly("lead~alerted1 1", "order~alerted5 1", "lead~alerted2 3");
    assertThat((String) ingest.events().getLast().at("data", "summary"))
        .contains("(and 2 more like it)");
  }

  @Test
  void a_step_is_told_of_once_it_has_waited_for_longer_than_the_limit() throws Exception {
    List<Alert> alert = alert("on: [waiting], for: 15m");
    executions.addDeferred("lead~alerted1", now.minus(Duration.ofMinutes(14)), now);
    look(alert);
    assertThat(ingest.events()).isEmpty();

    now = now.plus(Duration.ofMinutes(1));
    look(alert);
    look(alert);

    assertThat(ingest.events()).hasSize(1);
    Json data = Json.of(ingest.events().getFirst().at("data"));
    assertThat(data.at("step")).isEqualTo("company");
    assertThat(data.at("waitsFor")).isEqualTo("deferral: rate limit");
    assertThat(data.at("until")).isEqualTo(NOW.toString());
    assertThat(data.at("error", "type")).isEqualTo("");
  }

  @Test
  void a_step_of_an_execution_that_was_cancelled_waits_for_nothing() throws Exception {
    executions.addDeferred("lead~alerted1", ago(3600), now);
    executions.run("update console.execution set status = 'CANCELLED' where id = 'lead~alerted1'");

    look(alert("on: [waiting], for: 15m"));

    assertThat(ingest.events()).isEmpty();
  }

  @Test
  void a_record_that_nobody_could_read_is_told_of_and_a_dead_step_is_not() throws Exception {
    executions.addLetter("inputs-0-alerted1", "record", "penstock.inputs", ago(30));
    executions.addLetter("inputs-0-alerted2", "step", "penstock.steps.notify", ago(20));
    executions.addLetter("inputs-0-alerted3", "record", "penstock.inputs", ago(100_000));

    look(alert("on: [deadLetter]"));
    look(alert("on: [deadLetter]"));

    assertThat(ingest.events()).hasSize(1);
    assertThat(ingest.events().getFirst().at("data", "summary"))
        .isEqualTo("a record of penstock.inputs became a dead letter: unreadable: no CloudEvent");
    executions.forgetLetters();
  }

  @Test
  void an_alert_that_fails_is_told_of_by_none() throws Exception {
    executions.add("alert.tell~alerted1", "FAILED", ago(30), "penstock");
    executions.add("alert.tell~alerted2", "FAILED", ago(30), null); // history lost its beginning

    look(alert(STOPPED));

    assertThat(ingest.events()).isEmpty();
  }

  @Test
  void only_what_the_condition_lets_through_is_told_and_what_it_cannot_decide() throws Exception {
    executions.add("lead~alerted1", "FAILED", ago(30));
    executions.add("order~alerted2", "FAILED", ago(20));

    look(alert(STOPPED + ", when: input.workflow == 'order'"));
    assertThat(ingest.events())
        .extracting(event -> event.at("data", "workflow"))
        .containsExactly("order");

    executions.add("lead~alerted3", "FAILED", ago(10));
    look(alert(STOPPED + ", when: 'int(input.step) > 3'"));
    assertThat(ingest.events())
        .extracting(event -> event.at("data", "execution"))
        .containsExactly("order~alerted2", "lead~alerted3");
  }

  @Test
  void an_event_that_came_before_its_alert_was_known_comes_again_as_another() throws Exception {
    executions.add("lead~alerted1", "FAILED", ago(30));
    ingest.next(202, ScriptedIngest.STARTS_NOTHING);

    assertThat(look(alert(STOPPED))).isFalse();
    assertThat(look(alert(STOPPED))).isTrue();

    assertThat(ingest.ids()).hasSize(2);
    assertThat(ingest.ids().getLast()).isEqualTo(ingest.ids().getFirst() + ".1");
  }

  @Test
  void what_ingest_will_never_take_holds_nothing_up() throws Exception {
    executions.add("lead~alerted1", "FAILED", ago(30));
    executions.add("lead~alerted2", "FAILED", ago(20));
    ingest.next(422, "{}");

    assertThat(look(alert(STOPPED))).isTrue();
    assertThat(look(alert(STOPPED))).isTrue();

    assertThat(ingest.events()).hasSize(2);
  }

  @Test
  void a_wrong_address_drops_nothing() throws Exception {
    executions.add("lead~alerted1", "FAILED", ago(30));
    ingest.next(403, "{}").next(404, "{}");

    assertThat(look(alert(STOPPED))).isFalse();
    assertThat(look(alert(STOPPED))).isFalse();
    assertThat(look(alert(STOPPED))).isTrue();

    assertThat(ingest.ids()).hasSize(1);
  }

  @Test
  void two_consoles_do_not_look_at_the_same_time() throws Exception {
    executions.add("lead~alerted1", "FAILED", ago(30));
    try (Connection other = database.getConnection()) {
      other.setAutoCommit(false);
      assertThat(new AlertStore(other).lock()).isTrue();
      look(alert(STOPPED));
      assertThat(ingest.events()).isEmpty();
      other.rollback();
      other.setAutoCommit(true);
    }
    look(alert(STOPPED));

    assertThat(ingest.events()).hasSize(1);
  }

  @Test
  void what_is_too_old_to_matter_is_dropped() throws Exception {
    executions.add("lead~alerted1", "FAILED", ago(30));
    ingest.next(503, "{}");
    look(alert(STOPPED));
    now = now.plus(Duration.ofDays(2)).plusSeconds(1);

    new AlertRound(database, new EventDoor(ingest.url()), () -> now).forget();
    look(alert(STOPPED));

    assertThat(ingest.events()).hasSize(1);
  }

  private boolean look(List<Alert> alerts) throws SQLException, InterruptedException {
    return new AlertRound(database, new EventDoor(ingest.url()), () -> now).run(alerts);
  }

  private Instant ago(long seconds) {
    return now.minusSeconds(seconds);
  }

  private static List<Alert> alert(String rest) throws Exception {
    String yaml = "{kind: Alert, name: tell, version: 1.0.0, channel: on-call, %s}".formatted(rest);
    return List.of(
        (Alert)
            DefinitionReader.read("alert.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .definitions()
                .getFirst()
                .definition());
  }
}
