package io.penstock.console.replay;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Writes down what became of letters that were sent, by what the projections know. */
final class Outcomes {
  /** A step counts once it was opened again, and has ended since then. */
  private static final String STEPS =
      """
      update console.replay_letter r
      set settled_at = now(),
          state = case s.status when 'COMPLETED' then 'succeeded' when 'FAILED' then 'failedAgain'
                  else 'refused' end,
          late = s.status not in ('COMPLETED', 'FAILED'),
          why = case s.status when 'COMPLETED' then null
                when 'FAILED' then coalesce(s.error_type || ': ', '') || left(s.error_message, 500)
                else 'its execution, or the branch it stands in, ended before it: ' || e.status end
      from console.step s, console.execution e
      where r.replay_id = ? and r.state = 'sent' and r.kind = 'step'
        and s.execution_id = r.execution_id and s.path = r.path and e.id = r.execution_id
        and (s.status in ('COMPLETED', 'FAILED', 'CANCELLED') or e.ended_at is not null)
        and exists (select from console.step_reopened o
                     where o.execution_id = r.execution_id and o.path = r.path
                       and o.sequence > r.after_offset)""";

  /**
   * Nothing says of a record that it was read. One that was not comes back as a letter of the same
   * bytes; clocks of broker and database may differ a little.
   */
  private static final String RECORDS =
      """
      with judged as (
        select r.letter_id, a.id as again
        from console.replay_letter r
        left join lateral (
          select n.id from console.dead_letter o
          join console.dead_letter n
            on n.status = 'open' and n.at > o.at
           and (n.fingerprint = o.fingerprint or r.edited is not null)
           and n.at > r.sent_at - interval '30 seconds' and n.topic = o.topic
           and n.key is not distinct from o.key and n.value is not distinct from coalesce(r.edited, o.value)
          where o.id = r.letter_id limit 1) a on true
        where r.replay_id = ? and r.state = 'sent' and r.kind = 'record'
          and (a.id is not null or r.sent_at < now() - make_interval(secs => ?))
      ), settled as (
        update console.replay_letter r
        set settled_at = now(),
            state = case when j.again is null then 'succeeded' else 'failedAgain' end,
            why = 'it is a letter again: ' || j.again
        from judged j where r.replay_id = ? and r.letter_id = j.letter_id
      ), kept as (
        update console.dead_letter_kept k set status = 'resolved'
        from judged j where k.id = j.letter_id and k.status = 'replaying'
      )
      update console.dead_letter d set status = 'resolved', status_at = now()
      from judged j where d.id = j.letter_id and d.status = 'replaying'""";

  /** The letter that came instead may be read later than history; then the next replay parks it. */
  private static final String PARK =
      """
      update console.dead_letter d set status = 'parked', status_at = now()
      from console.replay_letter r
      where r.replay_id = ? and r.state = 'failedAgain' and r.settled_at > now() - interval '1 minute'
        and d.execution_id = r.execution_id and d.path = r.path and d.kind = 'step'
        and d.status = 'open' and d.replays >= ?""";

  private final Duration recordSettles;
  private final int maxReplays;

  /**
   * @param recordSettles how long a record that was sent again has to become a letter again
   */
  Outcomes(Duration recordSettles, int maxReplays) {
    this.recordSettles = recordSettles;
    this.maxReplays = maxReplays;
  }

  void settle(Connection connection, String replay) throws SQLException {
    Database.update(connection, STEPS, replay);
    Database.update(connection, RECORDS, replay, (double) recordSettles.toMillis() / 1_000, replay);
    Database.update(connection, PARK, replay, maxReplays);
  }
}
