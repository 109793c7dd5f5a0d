package io.penstock.console.projection;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What a lost connection says of the others: they went the same way to the same server. Without
 * this each of them would be tried in turn, and where the network swallows what is said, each would
 * cost the whole time that a connection may be silent.
 */
public final class LostConnections {
  /** Connection exception; operator intervention, as when the server is stopped. */
  private static final Set<String> CLASSES = Set.of("08", "57");

  private LostConnections() {}

  /** If the failure is that of a connection, those that lie idle are not used again. */
  public static void follow(DataSource database, SQLException failure) {
    String state = failure.getSQLState();
    if (state != null
        && CLASSES.contains(state.substring(0, 2))
        && database instanceof AgroalDataSource pool) {
      pool.flush(FlushMode.IDLE);
    }
  }
}
