package io.penstock.console.replay;

import io.penstock.console.projection.HistoryFollower;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.IgnoredReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Hears from history which letters of replays the orchestrator did not replay. */
@ApplicationScoped
public class RefusedControls implements HistoryFollower {
  @Override
  public void follow(Connection connection, List<HistoryRecord> records) throws SQLException {
    for (HistoryRecord record : records) {
      for (Fact fact : record.facts()) {
        if (fact instanceof Fact.InputIgnored ignored
            // The first of the two says what became of it.
            && ignored.reason() != IgnoredReason.DUPLICATE_CONTROL) {
          Optional<ControlId> id = ControlId.ofIgnored(ignored.input());
          if (id.isPresent()) {
            Letters.refuse(
                connection,
                id.get(),
                ignored
                    .why()
                    .orElseGet(
                        () ->
                            "the orchestrator did not replay it (%s); the history of its execution says why"
                                .formatted(ignored.reason())));
          }
        }
      }
    }
  }

  /** What became of a replay is no part of what can be read again. */
  @Override
  public void forget(Connection connection) {}
}
