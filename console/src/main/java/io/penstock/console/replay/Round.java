package io.penstock.console.replay;

import io.penstock.console.projection.StorableText;
import io.penstock.schema.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is done for a replay again and again: see what became of letters, decide whether it goes on,
 * send some. Each part is a transaction of its own, and may be the last before a kill.
 */
final class Round {
  /** So that a slow outside world is not asked for more and more before anything is known. */
  private static final int MAX_IN_FLIGHT = 1_000;

  private static final String PENDING =
      "select from console.replay_letter where replay_id = ? and state = 'sending' limit 1";
  private static final String SAY =
      "update console.replay set why = ? where id = ? and status in ('sampling', 'running') and why is distinct from ?";

  private final Database database;
  private final Ingest ingest;
  private final Outcomes outcomes;
  private final String console;
  private final Duration lease;

  /**
   * @param console who holds the lease
   * @param lease longer than a request to ingest may take
   */
  Round(Database database, Ingest ingest, Outcomes outcomes, String console, Duration lease) {
    this.database = database;
    this.ingest = ingest;
    this.outcomes = outcomes;
    this.console = console;
    this.lease = lease;
  }

  Optional<Replaying> claim(String id) throws SQLException {
    return database.change(connection -> Replaying.claim(connection, id, console, lease));
  }

  /**
   * @return whether something was sent, so that the next round need not wait
   */
  boolean run(Replaying replay, Pace pace) throws SQLException, InterruptedException {
    database.change(
        connection -> {
          outcomes.settle(connection, replay.id());
          return replay;
        });
    turn(replay);
    if (pace.isPausing()) {
      return false;
    }
    Batch batch = database.change(connection -> batch(connection, replay, pace));
    if (batch.letters().isEmpty()) {
      pace.oneByOne(false);
      return false;
    }
    return send(replay, batch, pace);
  }

  private void turn(Replaying replay) throws SQLException {
    database.change(
        connection -> {
          ReplayStatus status = Orders.lock(connection, replay.id());
          Counts counts = Counts.of(connection, replay.id());
          Optional<ErrorBudget.Turn> turn = replay.budget().next(status, counts);
          if (turn.isPresent()) {
            String why = turn.get().why().orElse(null);
            Orders.turn(connection, replay.id(), turn.get().to(), why);
            Audit.note(
                connection,
                replay.id(),
                Audit.ITSELF,
                turn.get().to().id(),
                why == null ? "by itself" : why);
          }
          return turn;
        });
  }

  /** What is marked already goes first: nobody knows whether ingest has it. */
  private Batch batch(Connection connection, Replaying replay, Pace pace) throws SQLException {
    int most = pace.most(Batch.largest(replay));
    if (!isPending(connection, replay.id())) {
      pace.oneByOne(false);
      ReplayStatus status = Orders.lock(connection, replay.id());
      long room = replay.budget().room(status, Counts.of(connection, replay.id()), MAX_IN_FLIGHT);
      long now = Math.min(Math.min(room, pace.ramp().allowed()), most);
      if (now <= 0) {
        return new Batch("", List.of(), Json.EMPTY_OBJECT);
      }
      pace.ramp().sent(Letters.mark(connection, replay.id(), now));
    }
    return Batch.next(connection, replay, most);
  }

  private static boolean isPending(Connection connection, String replay) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PENDING)) {
      statement.setString(1, replay);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private boolean send(Replaying replay, Batch batch, Pace pace)
      throws SQLException, InterruptedException {
    return switch (ingest.send(batch)) {
      case Ingest.Answer.Accepted accepted -> {
        pace.isThere();
        database.change(
            connection -> {
              say(connection, replay, null);
              return Letters.sent(connection, replay.id(), batch.letters());
            });
        yield true;
      }
      case Ingest.Answer.Wrong wrong -> {
        pace.isThere();
        Optional<String> letter =
            batch.letters().size() == 1
                ? Optional.of(batch.letters().getFirst())
                : wrong.id().flatMap(id -> named(replay, batch, id));
        pace.oneByOne(letter.isEmpty());
        if (letter.isPresent()) {
          database.change(
              connection ->
                  Letters.refuse(
                      connection, new ControlId(replay.id(), letter.get()), wrong.why()));
        }
        yield true;
      }
      case Ingest.Answer.Away away -> {
        pace.away(away.after());
        database.change(connection -> say(connection, replay, "waits for ingest: " + away.why()));
        yield false;
      }
    };
  }

  private static Optional<String> named(Replaying replay, Batch batch, String id) {
    return batch.letters().stream()
        .filter(letter -> new ControlId(replay.id(), letter).text().equals(id))
        .findFirst();
  }

  private static int say(Connection connection, Replaying replay, String why) throws SQLException {
    String text = StorableText.of(why);
    return Database.update(connection, SAY, text, replay.id(), text);
  }
}
