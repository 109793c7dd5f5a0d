package io.penstock.console.projection;

import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The projection of {@code penstock.history} into executions, steps and attempts. */
final class HistoryProjection implements TopicProjection.Projected {
  /** With a batch of so many records a transaction's fixed cost no longer matters. */
  private static final PositionedConsumer.Reading READING =
      new PositionedConsumer.Reading(
          ConsumerGroup.CONSOLE_PROJECTION, List.of(Topic.HISTORY.topicName()), 4_000, 50 << 20);

  private final PositionedConsumer.Settings settings;
  private final ProjectionStore store;
  private final ProjectionObserver observer;

  HistoryProjection(
      PositionedConsumer.Settings settings,
      DataSource database,
      ProjectionObserver observer,
      List<HistoryFollower> followers) {
    this.settings = settings;
    this.store = new ProjectionStore(database, observer, followers);
    this.observer = observer;
  }

  @Override
  public String name() {
    return "console-projection";
  }

  @Override
  public void clear() throws SQLException, OvertakenException {
    store.clear();
  }

  @Override
  public PositionedConsumer open() {
    return new PositionedConsumer(
        settings,
        READING,
        new HistoryTarget(store, new DeadLetters(settings.bootstrapServers(), observer)));
  }
}
