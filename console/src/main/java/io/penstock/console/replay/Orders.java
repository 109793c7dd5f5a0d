package io.penstock.console.replay;

import io.penstock.console.execution.Problem;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.execution.Questions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Pauses, resumes and cancels replays; also for the replay itself, when it stops or is done. */
@ApplicationScoped
class Orders {
  /** Whoever sends holds this row too, so that nothing is sent after an order was answered. */
  private static final String LOCK =
      "select status, resumes_as from console.replay where id = ? for update";

  private static final String PAUSE =
      "update console.replay set status = 'paused', resumes_as = status, why = null where id = ?";
  private static final String RESUME =
      "update console.replay set status = resumes_as, why = null where id = ?";
  private static final String TURN =
      "update console.replay set status = ?, resumes_as = ?, why = ? where id = ?";

  /** While letters are being read again after a rebuild, what is kept of them counts. */
  private static final String RELEASE =
      """
      with released as (
        update console.replay_letter set state = 'cancelled', settled_at = now()
        where replay_id = ? and state = 'waiting' returning letter_id
      ), kept as (
        delete from console.dead_letter_kept k using released r
        where k.id = r.letter_id and k.status = 'replaying'
      )
      update console.dead_letter d set status = 'open', status_at = now()
      from released r where d.id = r.letter_id and d.status = 'replaying'""";

  private final Database database;

  Orders(Database database) {
    this.database = database;
  }

  /** What may be ordered. */
  enum Order {
    PAUSE,
    RESUME,
    CANCEL
  }

  /** One that is met already is met again. */
  void give(String replay, Order order, String by, String reason) {
    try {
      database.change(
          connection -> {
            carryOut(connection, replay, order, by, reason);
            return null;
          });
    } catch (SQLException e) {
      throw Questions.away(e);
    }
  }

  private static void carryOut(
      Connection connection, String replay, Order order, String by, String reason)
      throws SQLException {
    ReplayStatus status = lock(connection, replay);
    if (status == null) {
      throw new ProblemException(unknown(replay));
    }
    switch (order) {
      case PAUSE -> {
        if (status.sends()) {
          Database.update(connection, PAUSE, replay);
          Audit.note(connection, replay, by, "paused", reason);
        } else if (status != ReplayStatus.PAUSED) {
          throw ended(replay, status);
        }
      }
      case RESUME -> {
        if (status == ReplayStatus.PAUSED) {
          Database.update(connection, RESUME, replay);
          Audit.note(connection, replay, by, "resumed", reason);
        } else if (!status.sends()) {
          throw ended(replay, status);
        }
      }
      case CANCEL -> {
        if (!status.hasEnded()) {
          turn(connection, replay, ReplayStatus.CANCELLED, null);
          Audit.note(connection, replay, by, "cancelled", reason);
        } else if (status != ReplayStatus.CANCELLED) {
          throw ended(replay, status);
        }
      }
    }
  }

  /** Null if there is no such replay. */
  static ReplayStatus lock(Connection connection, String replay) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setString(1, replay);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? ReplayStatus.of(row.getString("status")) : null;
      }
    }
  }

  /**
   * Letters of one that ends and were not sent can be replayed again.
   *
   * @param why null if there is nothing to say
   */
  static void turn(Connection connection, String replay, ReplayStatus to, String why)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TURN)) {
      statement.setString(1, to.id());
      statement.setString(2, to.id());
      statement.setString(3, why);
      statement.setString(4, replay);
      statement.executeUpdate();
    }
    if (to.hasEnded()) {
      Database.update(connection, RELEASE, replay);
    }
  }

  static Problem unknown(String replay) {
    return new Problem(
        404, "unknown-replay", "There is no such replay", "no replay '%s'".formatted(replay));
  }

  private static ProblemException ended(String replay, ReplayStatus status) {
    return new ProblemException(
        new Problem(
            409,
            "replay-ended",
            "The replay has ended",
            "replay '%s' is %s: begin a new one for the letters that are open"
                .formatted(replay, status.id())));
  }
}
