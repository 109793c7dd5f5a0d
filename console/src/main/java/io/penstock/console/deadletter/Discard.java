package io.penstock.console.deadletter;

import io.penstock.console.execution.Questions;
import io.penstock.console.projection.OvertakenException;
import io.penstock.console.projection.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Hides letters that nobody will deal with, and writes down who did so and why. Cancels nothing: a
 * dead step's execution stays suspended.
 */
@ApplicationScoped
public class Discard {
  /** A letter that is being replayed, or is dealt with already, is left as it is. */
  private static final List<String> DISCARDABLE = List.of("open", "parked");

  /** At once: enough for nearly every wish, and soon done. */
  private static final int PORTION = 5_000;

  /** Two who change the same letters in another order; PostgreSQL stops one of them. */
  private static final String DEADLOCK = "40P01";

  private static final int TRIES = 5;

  private static final String BEGIN =
      """
      insert into console.dead_letter_discard (id, at, by, reason, selection, discarded)
      values (?, now(), ?, ?, ?::json, 0)""";

  private static final String NEXT =
      """
      with chosen as (
        select l.id from console.dead_letter l where %s limit ? for update
      ), changed as (
        update console.dead_letter l set status = 'discarded', status_at = now()
        from chosen where l.id = chosen.id returning l.id
      ), noted as (
        insert into console.dead_letter_discarded (letter_id, discard_id)
        select id, ? from changed
      )
      update console.dead_letter_discard d set discarded = d.discarded + c.letters
      from (select count(*) as letters from changed) c where d.id = ? returning c.letters""";

  private final DataSource database;

  Discard(DataSource database) {
    this.database = database;
  }

  /**
   * In portions: if the database goes away on the way, what was done stays done and is written
   * down.
   *
   * @return how many letters
   */
  long discard(LetterSelection selection, String by, String reason) {
    String id = UUID.randomUUID().toString();
    try {
      inTransaction(connection -> begin(connection, id, selection, by, reason));
      long all = 0;
      long portion;
      do {
        portion = portion(id, selection);
        all += portion;
      } while (portion == PORTION);
      return all;
    } catch (SQLException e) {
      throw Questions.away(e);
    }
  }

  private static Long begin(
      Connection connection, String id, LetterSelection selection, String by, String reason)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setString(1, id);
      statement.setString(2, by);
      statement.setString(3, reason);
      statement.setString(4, selection.asked().toString());
      return (long) statement.executeUpdate();
    }
  }

  private long portion(String id, LetterSelection selection) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return inTransaction(connection -> next(connection, id, selection));
      } catch (SQLException e) {
        if (!DEADLOCK.equals(e.getSQLState()) || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private static Long next(Connection connection, String id, LetterSelection selection)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    String sql = NEXT.replace("%s", selection.where(connection, DISCARDABLE, values));
    values.add(PORTION);
    values.add(id);
    values.add(id);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private <T> T inTransaction(Transaction.Work<T> work) throws SQLException {
    try {
      return Transaction.run(database, work);
    } catch (OvertakenException e) {
      throw new IllegalStateException("nothing is read here", e);
    }
  }
}
