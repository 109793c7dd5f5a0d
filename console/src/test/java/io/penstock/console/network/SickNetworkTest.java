package io.penstock.console.network;

import static io.penstock.console.Histories.NOON;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.console.Histories;
import io.penstock.console.HistoryTopic;
import io.penstock.sicknetwork.Direction;
import io.penstock.sicknetwork.Toxics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Between the console and its servers bytes are late, cut or lost; no row is lost or doubled, and
 * it catches up alone.
 */
@QuarkusTest
@TestProfile(BehindSickNetwork.class)
class SickNetworkTest {
  /** As many as the console keeps. */
  private static final int POOL = 8;

  private static final AtomicInteger LEADS = new AtomicInteger();

  @Inject DataSource ofConsole;
  SickServers servers;

  private HistoryTopic topic;

  @BeforeEach
  void projectsSomething() {
    topic = new HistoryTopic(servers.bootstrapServers(), servers.database());
    aLeadHappens();
    // The first one waits for the schema, too.
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(leads()).isEqualTo(LEADS.get()));
    topic.awaitProjected();
  }

  @AfterEach
  void heals() {
    servers.toDatabase().heal();
    servers.toKafka().heal();
    topic.close();
  }

  @Test
  void a_transaction_whose_client_is_lost_does_not_hold_its_rows() throws Exception {
    try (Connection straight = servers.database().getConnection();
        Statement statement = straight.createStatement()) {
      straight.setAutoCommit(false);
      statement.execute("lock table console.execution in access exclusive mode");
      aLeadHappens();
      // It has claimed its position and waits for the table.
      await().until(() -> sessions("wait_event_type = 'Lock'") > 0);
      servers.toDatabase().loseAll();
      straight.commit();
    }
    await().until(() -> sessions("state = 'idle in transaction'") > 0);
    servers.toDatabase().heal();
    assertCatchesUp();
  }

  @Test
  void connections_that_were_lost_are_not_tried_one_after_the_other() throws Exception {
    List<Connection> all = new ArrayList<>();
    while (all.size() < POOL - 1) { // the projection has its own in hand now and then
      all.add(ofConsole.getConnection());
    }
    for (Connection connection : all) {
      connection.close();
    }
    servers.toDatabase().loseAll();
    servers.toDatabase().heal();
    aLeadHappens();
    assertCatchesUp();
  }

  @Test
  void a_lost_database_is_answered_503_in_bounded_time_and_comes_back() throws Exception {
    servers.toDatabase().loseAll();
    aLeadHappens();
    assertThat(get("/api/executions").statusCode()).isEqualTo(503);
    await().atMost(Duration.ofSeconds(30)).until(() -> get("/q/health/ready").statusCode() == 503);
    assertThat(get("/q/health/live").statusCode()).isEqualTo(200);
    servers.toDatabase().heal();
    assertCatchesUp();
  }

  @Test
  void a_way_to_the_database_that_is_reset_now_and_then_loses_and_doubles_nothing() {
    for (int i = 0; i < 5; i++) {
      servers.toDatabase().set(Direction.TO_SERVER, Toxics.NONE.withCutAfter(20_000));
      aLeadHappens();
      servers.toDatabase().reset();
      aLeadHappens();
    }
    servers.toDatabase().heal();
    assertCatchesUp();
  }

  @Test
  void a_slow_way_to_the_database_only_makes_it_late() {
    servers
        .toDatabase()
        .set(
            Toxics.NONE
                .withLatency(Duration.ofMillis(5), Duration.ofMillis(10))
                .withSlicesOf(100)
                .withBandwidth(500_000));
    aLeadHappens();
    assertCatchesUp();
  }

  @Test
  void a_broker_that_is_lost_is_found_again() {
    servers.toKafka().loseAll();
    aLeadHappens();
    servers.toKafka().heal();
    aLeadHappens();
    await()
        .atMost(Duration.ofSeconds(55))
        .untilAsserted(() -> assertThat(leads()).isEqualTo(LEADS.get()));
  }

  private void aLeadHappens() {
    topic.write(Histories.lead("sick~" + LEADS.incrementAndGet(), NOON, "ada@example.com"));
  }

  private void assertCatchesUp() {
    topic.awaitProjected();
    try {
      assertThat(leads()).isEqualTo(LEADS.get());
      assertThat(ask("select count(*) from console.history"))
          .isEqualTo(LEADS.get() * Histories.lead("any~1", NOON, "x").size());
      assertThat(ask("select count(*) from console.execution where status = 'COMPLETED'"))
          .isEqualTo(LEADS.get());
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private int leads() throws SQLException {
    return ask("select count(*) from console.execution where id like 'sick~%'");
  }

  private int sessions(String which) throws SQLException {
    return ask(
        "select count(*) from pg_stat_activity where application_name = 'penstock-console' and "
            + which);
  }

  private int ask(String sql) throws SQLException {
    try (Connection connection = servers.database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
