package io.penstock.console.replay;

import io.penstock.console.ConsoleSettings;
import io.penstock.embedded.EmbeddedDatabase;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DefinitionIndex;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Replays on a real PostgreSQL, with rows of letters and history as the projections write them, a
 * scripted ingest, and a clock that is moved. No Quarkus: its worker would take part.
 */
final class ReplayStand implements AutoCloseable {
  private static final int MAX_REPLAYS = 3;
  private static final Duration REQUEST = Duration.ofSeconds(5);

  final ScriptedIngest ingest = new ScriptedIngest();
  final DefinitionIndex definitions = new DefinitionIndex();
  private final EmbeddedDatabase server;
  private final PGSimpleDataSource source = new PGSimpleDataSource();
  private final Map<String, Pace> paces = new HashMap<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  ReplayStand() {
    Path directory;
    try {
      directory = Files.createTempDirectory("penstock-replays");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = EmbeddedDatabase.start(directory);
    source.setUrl(server.jdbcUrl());
    source.setUser(server.username());
    Flyway.configure()
        .dataSource(source)
        .locations("db/console")
        .schemas("console")
        .defaultSchema("console")
        .load()
        .migrate();
  }

  void empty() throws SQLException {
    run(
        "truncate console.replay, console.replay_letter, console.replay_audit, console.dead_letter, console.dead_letter_group, console.step, console.execution, console.step_reopened, console.dead_step, console.attempt");
    paces.clear();
    ingest.reset();
  }

  Database database() {
    return new Database(source);
  }

  /** A dead step of a suspended execution each: letters {@code enrich-0-0} and on. */
  void deadSteps(int count) throws SQLException {
    run(
        """
        insert into console.execution (id, workflow, version, status, started_at, updated_at,
                                       input_tokens, output_tokens, last_sequence)
        select 'lead~' || i, 'lead', '1.0.0', 'SUSPENDED', now(), now(), 0, 0, 100 + i
        from generate_series(0, %1$d - 1) i;
        insert into console.step (execution_id, path, kind, status, first_sequence, first_fact,
                                  generation, attempts, started_at, input_tokens, output_tokens)
        select 'lead~' || i, p.path, 'enrich', p.status, 1, 1, 1, 1, now(), 0, 0
        from generate_series(0, %1$d - 1) i,
             (values ('company', 'COMPLETED'), ('call', 'FAILED')) p(path, status);
        insert into console.dead_letter_group (fingerprint, kind, topic, reason, message,
                                               first_seen, last_seen)
        values ('g', 'step', 'penstock.steps.enrich', 'runtime', 'm', now(), now())
        on conflict do nothing"""
            .formatted(count));
    letters(0, count, 100, 0);
  }

  /** Letters of the same steps once more, as after a replay that did not help. */
  void letters(int firstOffset, int count, int firstSequence, int replays) throws SQLException {
    run(
        """
        insert into console.dead_letter
          (id, topic, dlq_partition, dlq_offset, at, kind, reason, cause, source_partition,
           source_offset, execution_id, path, workflow, version, step, error_type, generation,
           attempt, fingerprint, value, headers, size, status, status_at, replays, words)
        select 'enrich-0-' || (%1$d + i), 'penstock.steps.enrich', 0, %1$d + i,
               timestamptz '2026-11-22T12:00:00Z' + make_interval(secs => %1$d + i), 'step',
               'runtime', '500', 0, %3$d + i, 'lead~' || i, 'call', 'lead', '1.0.0', 'call',
               'runtime', 1, 1, 'g',
               convert_to('{"context":{"input":{"email":"ann@example.com"}}}', 'UTF8'),
               '[]', 10, 'open', now(), %4$d, ''
        from generate_series(0, %2$d - 1) i"""
            .formatted(firstOffset, count, firstSequence, replays));
  }

  /** What the orchestrator does once it has the wish: opens the step, which then ends. */
  void reopened(int execution, String status) throws SQLException {
    run(
        """
        insert into console.step_reopened values ('lead~%1$d', 'call', 5000 + %1$d, now());
        update console.dead_letter set status = 'resolved'
         where execution_id = 'lead~%1$d' and status = 'replaying';
        update console.step set status = '%2$s', error_type = 'runtime', error_message = '500'
         where execution_id = 'lead~%1$d' and path = 'call'"""
            .formatted(execution, status));
  }

  /** Of all that were sent and not answered so far. */
  void allReopened(String status) throws SQLException {
    for (String execution :
        column("select execution_id from console.replay_letter where state = 'sent'")) {
      reopened(Integer.parseInt(execution.substring("lead~".length())), status);
    }
  }

  ReplayWish wish(Map<String, ?> members) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("selection", Map.of("group", "g"));
    all.put("by", "ann");
    all.put("reason", "crm is back");
    all.putAll(members);
    return ReplayWish.read(Json.of(all).utf8());
  }

  String begin(Map<String, ?> members) {
    return new Beginning(database(), SETTINGS).begin(wish(members));
  }

  Plan plan(Map<String, ?> members) throws SQLException {
    return database()
        .change(
            connection ->
                new PlanQuery(connection, wish(members), MAX_REPLAYS, definitions).plan());
  }

  Orders orders() {
    return new Orders(database());
  }

  /** One round of one console. */
  void round(String replay, String console) throws SQLException {
    try (Ingest client = new Ingest(ingest.url(), REQUEST)) {
      Round round =
          new Round(
              database(),
              client,
              new Outcomes(Duration.ZERO, MAX_REPLAYS),
              console,
              Duration.ofMinutes(1));
      Optional<Replaying> claimed = round.claim(replay);
      if (claimed.isPresent()) {
        round.run(
            claimed.get(),
            paces.computeIfAbsent(
                console + replay, any -> new Pace(claimed.get().perSecond(), () -> now)));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** One that runs by itself, as in a console, until it is closed. */
  ReplayWorker worker(Ingest client) {
    Outcomes outcomes = new Outcomes(Duration.ZERO, MAX_REPLAYS);
    return new ReplayWorker(
        database(),
        new Round(database(), client, outcomes, "worker", Duration.ofMinutes(1)),
        "worker",
        InstantSource.system(),
        () -> {});
  }

  /** Rounds of the console {@code one}, as time goes on. */
  void rounds(String replay, Duration time) throws SQLException {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      now = now.plusSeconds(1);
      round(replay, "one");
    }
  }

  /** As history tells of wishes about {@code lead~0} that the orchestrator did not carry out. */
  void ignored(Fact.InputIgnored... wishes) throws SQLException {
    HistoryRecord record =
        new HistoryRecord(
            new ExecutionId("lead~0"),
            "lead",
            Optional.empty(),
            7_000,
            Instant.parse("2026-11-22T12:00:00Z"),
            Optional.empty(),
            Optional.empty(),
            List.of(wishes));
    database()
        .change(
            connection -> {
              new RefusedControls().follow(connection, List.of(record));
              return record;
            });
  }

  /** As when it is killed and its lease ends. */
  void leaseEnds() throws SQLException {
    run("update console.replay set lease_until = '-infinity'");
  }

  Replay replay(String id) throws SQLException {
    return database().change(connection -> ReplayList.find(connection, id)).orElseThrow();
  }

  List<String> column(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  void run(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    ingest.close();
    server.close();
  }

  private static final ConsoleSettings SETTINGS =
      new ConsoleSettings() {
        @Override
        public boolean rebuild() {
          return false;
        }

        @Override
        public Duration gather() {
          return Duration.ZERO;
        }

        @Override
        public Optional<String> instance() {
          return Optional.empty();
        }

        @Override
        public boolean openToNetwork() {
          return false;
        }

        @Override
        public URI ingestUrl() {
          return URI.create("http://127.0.0.1:1");
        }

        @Override
        public int maxReplays() {
          return MAX_REPLAYS;
        }
      };
}
