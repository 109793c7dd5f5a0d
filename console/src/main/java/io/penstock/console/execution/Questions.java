package io.penstock.console.execution;

import io.penstock.console.projection.LostConnections;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks PostgreSQL for what an answer shows. */
@ApplicationScoped
public class Questions {
  private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

  private final DataSource database;

  Questions(DataSource database) {
    this.database = database;
  }

  /** One that reads, and changes nothing. */
  @FunctionalInterface
  public interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /**
   * Of one instant: the queries of an answer see the same rows while the projection writes.
   *
   * @throws ProblemException if the database cannot be asked now
   */
  public <T> T answer(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return inSnapshot(connection, question);
    } catch (SQLException e) {
      LostConnections.follow(database, e);
      throw away(e);
    }
  }

  /** What to answer instead. */
  public static ProblemException away(SQLException e) {
    LOG.atWarn()
        .addKeyValue("sqlState", e.getSQLState())
        .addKeyValue("cause", e.getClass().getName())
        .log("PostgreSQL did not answer a question");
    return new ProblemException(Problem.databaseAway());
  }

  private static <T> T inSnapshot(Connection connection, Question<T> question) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement begin = connection.createStatement()) {
      begin.execute("set transaction isolation level repeatable read, read only");
      T answer = question.ask(connection);
      connection.commit();
      return answer;
    } finally {
      connection.setAutoCommit(true);
    }
  }
}
