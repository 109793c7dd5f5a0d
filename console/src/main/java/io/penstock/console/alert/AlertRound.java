package io.penstock.console.alert;

import io.penstock.schema.definition.Alert;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at what there is to tell, and one try to send what is not sent. What was found and the
 * message about it are written down together, before anything is sent.
 */
final class AlertRound {
  private static final Logger LOG = LoggerFactory.getLogger(AlertRound.class);
  private static final int MESSAGES = 100;

  private final DataSource database;
  private final EventDoor door;
  private final InstantSource clock;

  AlertRound(DataSource database, EventDoor door, InstantSource clock) {
    this.database = database;
    this.door = door;
    this.clock = clock;
  }

  /**
   * @param alerts of each the version that counts
   * @return false if messages are left that ingest does not take now
   */
  boolean run(List<Alert> alerts) throws SQLException, InterruptedException {
    for (Alert alert : alerts) {
      collect(alert);
    }
    return deliver();
  }

  /** Drops what is too old to matter. */
  void forget() throws SQLException {
    try (Connection connection = database.getConnection()) {
      int givenUp = new AlertStore(connection).forget(clock.instant());
      if (givenUp > 0) {
        LOG.atError()
            .addKeyValue("messages", givenUp)
            .log("alerts that ingest never took are gone");
      }
    }
  }

  private void collect(Alert alert) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        AlertStore store = new AlertStore(connection);
        if (store.lock()) {
          Instant now = clock.instant();
          note(alert, new Occurrences(connection, now).unseenBy(alert), store, now);
          compose(alert, store, now);
        }
        connection.commit();
        committed = true;
      } finally {
        if (!committed) {
          connection.rollback();
        }
        connection.setAutoCommit(true);
      }
    }
  }

  private static void note(Alert alert, List<Occurrence> occurrences, AlertStore store, Instant now)
      throws SQLException {
    for (Occurrence occurrence : occurrences) {
      // Without a throttle each is alike to nothing but itself.
      String alike = alert.throttle().isZero() ? occurrence.id() : occurrence.alike();
      store.note(alert.name(), occurrence, alike, AlertFilter.wants(alert, occurrence), now);
    }
  }

  private static void compose(Alert alert, AlertStore store, Instant now) throws SQLException {
    for (AlertStore.Held held : store.held(alert.name(), alert.throttle(), now)) {
      AlertEvent event = AlertEvent.of(alert.name(), held.first(), held.count());
      store.compose(alert.name(), held.alike(), event, now);
    }
  }

  /** One console at a time: what ingest takes under an identity counts once only. */
  private boolean deliver() throws SQLException, InterruptedException {
    try (Connection connection = database.getConnection()) {
      AlertStore store = new AlertStore(connection);
      if (!store.lockDelivery()) {
        return true;
      }
      try {
        return deliver(store);
      } finally {
        store.unlockDelivery();
      }
    }
  }

  private boolean deliver(AlertStore store) throws SQLException, InterruptedException {
    boolean isAllTaken = true;
    for (AlertStore.Open message : store.open(MESSAGES)) {
      switch (door.post(AlertEvent.identified(message))) {
        case STARTED -> store.ended(message.id(), clock.instant());
        case REFUSED -> {
          LOG.atError()
              .addKeyValue("alert", message.alert())
              .addKeyValue("eventId", message.id())
              .log("an alert was refused and is not sent again");
          store.ended(message.id(), clock.instant());
        }
        case STARTED_NOTHING -> {
          // Its alert is not known there yet; those of others may be.
          store.startedNothing(message.id());
          isAllTaken = false;
        }
        case AWAY -> {
          return false;
        }
      }
    }
    return isAllTaken;
  }
}
