package io.penstock.console.execution;

import io.penstock.schema.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
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

  Optional<ExecutionDetail> find(String id, boolean withHistory) {
    return answer(
        connection -> {
          DetailQuery query = new DetailQuery(connection);
          Optional<ExecutionDetail> found = query.find(List.of(id)).stream().findFirst();
          if (found.isEmpty() || !withHistory) {
            return found;
          }
          List<Json> history = query.history(id);
          return found.map(detail -> detail.withHistory(history));
        });
  }

  private <T> T answer(Question<T> question) {
    try (Connection connection = database.getConnection()) {
      return question.ask(connection);
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("sqlState", e.getSQLState())
          .addKeyValue("cause", e.getClass().getName())
          .log("PostgreSQL did not answer a question about executions");
      throw new ProblemException(Problem.databaseAway());
    }
  }
}
