package io.penstock.console.replay;

import io.penstock.console.ConsoleSettings;
import io.penstock.console.execution.Problem;
import io.penstock.console.execution.ProblemException;
import io.penstock.console.execution.Questions;
import io.penstock.schema.json.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Takes letters for a new replay, so that no other one has them. */
@ApplicationScoped
class Beginning {
  private static final String REPLAY =
      """
      insert into console.replay
        (id, status, resumes_as, by, reason, selection, patch, version, rate, per_second, sample,
         max_failures, created_at)
      values (?, ?, ?, ?, ?, ?::json, ?::json, ?, ?, ?, ?, ?, now())""";

  /** Looked at, taken and written down at once: whoever comes second sees them taken. */
  private static final String LETTERS =
      """
      , taken as (
        update console.dead_letter d set status = 'replaying', status_at = now()
        from judged j where d.id = j.id and j.why is null
      ), parked as (
        update console.dead_letter d set status = 'parked', status_at = now()
        from judged j where d.id = j.id and j.status = 'open' and j.replays >= ?
      ), noted as (
        insert into console.replay_letter
          (replay_id, letter_id, position, kind, state, why, execution_id, path, after_offset,
           settled_at)
        select ?, j.id, row_number() over (order by j.at, j.id), j.kind,
               case when j.why is null then 'waiting' else 'refused' end, j.why, j.execution_id,
               j.path, coalesce(j.source_offset, -1), case when j.why is not null then now() end
        from judged j
      )
      select count(*), count(*) filter (where why is null),
             (select string_agg(n || ': ' || why, '; ')
                from (select why, count(*) as n from judged where why is not null
                      group by why order by count(*) desc, why limit 5) w)
      from judged""";

  private final Database database;
  private final int maxReplays;

  Beginning(Database database, ConsoleSettings settings) {
    this.database = database;
    this.maxReplays = settings.maxReplays();
  }

  private record Taken(long letters, long replayable, String refused) {}

  /**
   * @return the replay's id
   * @throws ProblemException if there is nothing that could be replayed, or too much of it
   */
  String begin(ReplayWish wish) {
    String id = UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    try {
      Taken taken = database.change(connection -> take(connection, wish, id));
      if (taken.replayable() == 0) {
        throw new ProblemException(
            new Problem(
                409,
                "nothing-to-replay",
                "No letter can be replayed",
                taken.letters() == 0
                    ? "no dead letter is selected that is not dealt with"
                    : "of %d letters none can be replayed: %s"
                        .formatted(taken.letters(), taken.refused())));
      }
      return id;
    } catch (SQLException e) {
      throw Questions.away(e);
    }
  }

  private Taken take(Connection connection, ReplayWish wish, String id) throws SQLException {
    Taken taken = letters(connection, wish, id);
    Judgement.requireAllOf(taken.letters());
    if (taken.replayable() == 0) {
      // Letters that were parked stay so; there is no replay to which the others belong.
      Database.update(connection, "delete from console.replay_letter where replay_id = ?", id);
      return taken;
    }
    String status = (wish.sample() > 0 ? ReplayStatus.SAMPLING : ReplayStatus.RUNNING).id();
    try (PreparedStatement statement = connection.prepareStatement(REPLAY)) {
      int i = 0;
      statement.setString(++i, id);
      statement.setString(++i, status);
      statement.setString(++i, status);
      statement.setString(++i, wish.by());
      statement.setString(++i, wish.reason());
      statement.setString(++i, wish.selection().asked().toString());
      statement.setString(++i, wish.patch().map(Patch::document).map(Json::toString).orElse(null));
      statement.setString(++i, wish.version().orElse(null));
      statement.setString(++i, wish.rate());
      statement.setDouble(++i, wish.perSecond());
      statement.setInt(++i, wish.sample());
      statement.setInt(++i, wish.maxFailures());
      statement.executeUpdate();
    }
    Audit.note(connection, id, wish.by(), "created", wish.reason());
    return taken;
  }

  private Taken letters(Connection connection, ReplayWish wish, String id) throws SQLException {
    Judgement judgement = Judgement.of(connection, wish, maxReplays, true);
    List<Object> values = new ArrayList<>(judgement.values());
    values.add(maxReplays);
    values.add(id);
    try (PreparedStatement statement = connection.prepareStatement(judgement.sql() + LETTERS)) {
      Database.bind(statement, values);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Taken(row.getLong(1), row.getLong(2), row.getString(3));
      }
    }
  }
}
