package io.penstock.worker.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.definition.CallLimits;
import io.penstock.sicknetwork.SickProxy;
import io.penstock.worker.limit.GuardObserver;
import io.penstock.worker.limit.Guarded;
import io.penstock.worker.limit.Guarded.Reason;
import io.penstock.worker.limit.GuardedCall.Ended;
import io.penstock.worker.limit.SharedGuards;
import io.penstock.worker.limit.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits whose real PostgreSQL is stopped and started. */
class LimitsDatabaseTest {
  private static final CallLimits LIMITS =
      new CallLimits(
          List.of(new CallLimits.Rate(1, Duration.ofDays(1))), Optional.empty(), Optional.empty());

  @TempDir Path directory;

  @Test
  void what_was_counted_outlives_a_restart_and_workers_come_back_by_themselves() throws Exception {
    EmbeddedDatabase first = EmbeddedDatabase.start(directory);
    int port = port(first);
    try (AgroalDataSource connections =
            LimitsDatabase.connect(
                first.jdbcUrl(), Optional.of(first.username()), Optional.empty());
        SharedGuards guards = SharedGuards.on(connections, GuardObserver.BLIND)) {
      try {
        assertThat(call(guards, "api/crm")).isInstanceOf(Guarded.Made.class);
        assertThat(later(guards, "api/crm")).isEqualTo(Reason.RATE_LIMIT);
      } finally {
        first.close();
      }
      assertThat(later(guards, "api/crm")).isEqualTo(Reason.STORE_AWAY);
      try (EmbeddedDatabase second = EmbeddedDatabase.start(directory, port)) {
        assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
        Awaitility.await().until(() -> later(guards, "api/crm") == Reason.RATE_LIMIT);
        assertThat(call(guards, "api/other")).isInstanceOf(Guarded.Made.class);
      }
    }
  }

  @Test
  void a_database_that_is_lost_without_a_word_holds_no_call_and_is_found_again() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory);
        SickProxy proxy = SickProxy.before(port(database));
        AgroalDataSource connections =
            LimitsDatabase.connect(
                database.jdbcUrl().replaceAll(":\\d+/", ":" + proxy.port() + "/"),
                Optional.of(database.username()),
                Optional.empty());
        SharedGuards guards = SharedGuards.on(connections, GuardObserver.BLIND)) {
      assertThat(call(guards, "api/crm")).isInstanceOf(Guarded.Made.class);
      proxy.loseAll();
      assertThat(later(guards, "api/crm")).isEqualTo(Reason.STORE_AWAY);
      assertThat(later(guards, "api/crm")).isEqualTo(Reason.STORE_AWAY);
      proxy.heal();
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> later(guards, "api/crm") == Reason.RATE_LIMIT);
      proxy.reset();
      Awaitility.await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> later(guards, "api/crm") == Reason.RATE_LIMIT);
    }
  }

  private static int port(EmbeddedDatabase database) {
    return Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
  }

  private static Reason later(SharedGuards guards, String name) throws Exception {
    return ((Guarded.Later<String>) call(guards, name)).reason();
  }

  private static Guarded<String> call(SharedGuards guards, String name) throws Exception {
    return guards
        .guard(name, LIMITS)
        .call(Optional.empty(), () -> new Ended<>("called", new Verdict.Well()));
  }
}
