package io.penstock.console.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executions as the projection has stored them. */
@ApplicationScoped
public class ExecutionRepository {
  private static final Logger LOG = LoggerFactory.getLogger(ExecutionRepository.class);

  private final DataSource database;

  ExecutionRepository(DataSource database) {
    this.database = database;
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  ExecutionList.Page list(ExecutionFilter filter) {
    return answer(connection -> ExecutionList.page(connection, filter));
  }

  /** Those that are known, in the order of the ids. */
  List<ExecutionDetail> find(List<String> ids) {
    return answer(connection -> new DetailQuery(connection).find(ids));
  }

  /** With the first page of history, if it is wanted. */
  Optional<ExecutionDetail> find(String id, boolean withHistory) {
    return answer(
        connection -> {
          Optional<ExecutionDetail> found =
              new DetailQuery(connection).find(List.of(id)).stream().findFirst();
          if (found.isEmpty() || !withHistory) {
            return found;
          }
          return new HistoryQuery(connection)
              .page(id, Optional.empty(), HistoryQuery.MAX_RECORDS)
              .map(found.get()::with);
        });
  }

  /** Empty if there is no such execution, as in {@link #history}. */
  Optional<StepPage> steps(String id, StepFilter filter) {
    return answer(connection -> new DetailQuery(connection).steps(id, filter));
  }

  Optional<HistoryPage> history(String id, Optional<Long> after, int limit) {
    return answer(connection -> new HistoryQuery(connection).page(id, after, limit));
  }

  /** Of one instant: the queries of an answer see the same rows while the projection writes. */
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

  private <T> T answer(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return inSnapshot(connection, question);
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("sqlState", e.getSQLState())
          .addKeyValue("cause", e.getClass().getName())
          .log("PostgreSQL did not answer a question about executions");
      throw new ProblemException(Problem.databaseAway());
    }
  }
}
