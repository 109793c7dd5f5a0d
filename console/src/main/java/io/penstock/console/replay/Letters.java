package io.penstock.console.replay;

import io.penstock.console.projection.StorableText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** The letters of a replay on their way out. */
final class Letters {
  private static final String MARK =
      """
      update console.replay_letter l set state = 'sending'
      from (select letter_id from console.replay_letter
             where replay_id = ? and state = 'waiting' order by position limit ?) n
      where l.replay_id = ? and l.letter_id = n.letter_id""";

  private static final String SENT =
      """
      update console.replay_letter set state = 'sent', sent_at = now()
      where replay_id = ? and letter_id = any(?) and state = 'sending'""";

  private static final String REFUSE =
      """
      with refused as (
        update console.replay_letter
        set state = 'refused', late = true, why = ?, settled_at = now()
        where replay_id = ? and letter_id = ? and state in ('sending', 'sent')
        returning letter_id
      ), kept as (
        delete from console.dead_letter_kept k using refused r
        where k.id = r.letter_id and k.status = 'replaying'
      )
      update console.dead_letter d set status = 'open', status_at = now()
      from refused r where d.id = r.letter_id and d.status = 'replaying'""";

  private Letters() {}

  /**
   * From here on these letters go out, whatever else happens to the replay.
   *
   * @return how many
   */
  static int mark(Connection connection, String replay, long most) throws SQLException {
    return Database.update(connection, MARK, replay, most, replay);
  }

  static int sent(Connection connection, String replay, Collection<String> letters)
      throws SQLException {
    return Database.update(
        connection, SENT, replay, connection.createArrayOf("text", letters.toArray()));
  }

  /** One that was out, or about to be; it can be replayed again. */
  static int refuse(Connection connection, ControlId id, String why) throws SQLException {
    return Database.update(connection, REFUSE, StorableText.of(why), id.replay(), id.letter());
  }
}
