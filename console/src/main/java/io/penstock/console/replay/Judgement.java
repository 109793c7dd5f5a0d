package io.penstock.console.replay;

import io.penstock.console.execution.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the selected letters can be replayed, and why not the others: a {@code with} clause that
 * ends in rows {@code judged}, whose {@code why} is null where nothing stands in the way.
 *
 * @param sql begins with {@code with}
 * @param values of its parameters, in order
 */
record Judgement(String sql, List<Object> values) {
  /** More is a selection to be cut. One more than this is looked at, to notice. */
  private static final int MAX_LETTERS = 100_000;

  private static final List<String> NOT_DEALT_WITH = List.of("open", "replaying", "parked");
  private static final List<String> ANY =
      List.of("open", "replaying", "parked", "resolved", "discarded");

  /** What ingest takes. */
  private static final int MAX_RECORD_BYTES = 1 << 20;

  private static final String SQL =
      """
      with chosen as materialized (
        select l.id, l.at, l.kind, l.status, l.topic, l.reason, l.execution_id, l.path, l.workflow,
               l.version, l.step, l.source_offset, l.replays, l.size
        from console.dead_letter l where {where} order by l.at, l.id limit ? {lock}
      ), judged as (
        select c.*, case
          when c.status = 'replaying' then 'it is being replayed already'
          when c.status = 'discarded' then 'it was discarded'
          when c.status = 'resolved' then 'it is resolved already'
          when c.status = 'parked' or c.replays >= ? then
            'it is parked: ' || c.replays || ' replays of this step have ended in a letter again'
          when c.kind = 'record' then case
            when c.reason = 'unstorable' then 'the console could not store it whole'
            when c.topic <> 'penstock.inputs' and c.topic not like 'penstock.steps.%'
              then 'records of ' || c.topic || ' are not sent again'
            when c.size > ? then 'it is larger than what ingest sends'
            when ? then 'a version is for steps; of a record the value can be edited' end
          when e.id is null then 'its execution is not known here (any more)'
          when e.ended_at is not null then 'its execution has ended: ' || e.status
          when e.status in ('COMPENSATING', 'FAILED_TO_COMPENSATE')
            and c.path not like '%/compensate/compensation' then 'its execution is ' || e.status
          when s.status <> 'FAILED' then 'its step is not dead any more: ' || s.status
          end as why
        from chosen c
        left join console.execution e on e.id = c.execution_id
        left join console.step s on s.execution_id = c.execution_id and s.path = c.path
      )
      """;

  /**
   * @param maxReplays of one step
   * @param lock whether to keep others from these letters until the transaction's end; they then
   *     see what became of them
   */
  static Judgement of(Connection connection, ReplayWish wish, int maxReplays, boolean lock)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    String where =
        wish.selection()
            .where(connection, wish.selection().ids().isEmpty() ? NOT_DEALT_WITH : ANY, values);
    values.add(MAX_LETTERS + 1);
    values.add(maxReplays);
    values.add(MAX_RECORD_BYTES);
    values.add(wish.version().isPresent());
    return new Judgement(
        SQL.replace("{where}", where).replace("{lock}", lock ? "for update" : ""), values);
  }

  /**
   * @throws ProblemException if so many letters are selected that not all were looked at
   */
  static void requireAllOf(long letters) {
    if (letters > MAX_LETTERS) {
      throw ReplayWish.refused(
          "more than %d letters are selected: select fewer".formatted(MAX_LETTERS));
    }
  }
}
