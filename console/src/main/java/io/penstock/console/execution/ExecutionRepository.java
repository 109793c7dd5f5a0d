package io.penstock.console.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Executions as the projection has stored them. */
@ApplicationScoped
public class ExecutionRepository {
  private final Questions questions;

  ExecutionRepository(Questions questions) {
    this.questions = questions;
  }

  ExecutionList.Page list(ExecutionFilter filter) {
    return questions.answer(connection -> ExecutionList.page(connection, filter));
  }

  /** Those that are known, in the order of the ids. */
  List<ExecutionDetail> find(List<String> ids) {
    return questions.answer(connection -> new DetailQuery(connection).find(ids));
  }

  /** With the first page of history, if it is wanted. */
  Optional<ExecutionDetail> find(String id, boolean withHistory) {
    return questions.answer(
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
    return questions.answer(connection -> new DetailQuery(connection).steps(id, filter));
  }

  Optional<HistoryPage> history(String id, Optional<Long> after, int limit) {
    return questions.answer(connection -> new HistoryQuery(connection).page(id, after, limit));
  }

  /** Of a step, the latest ones in order; none if it is not known. */
  public List<StepDetail.Attempt> attempts(String id, String path) {
    return steps(id, StepFilter.of(path, null, null, "1", null)).stream()
        .flatMap(page -> page.steps().stream())
        .filter(step -> step.path().equals(path))
        .flatMap(step -> step.attempts().stream())
        .toList();
  }
}
