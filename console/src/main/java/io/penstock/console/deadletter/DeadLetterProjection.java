package io.penstock.console.deadletter;

import io.penstock.console.projection.OvertakenException;
import io.penstock.console.projection.PositionedConsumer;
import io.penstock.console.projection.TopicProjection;
import io.penstock.schema.ConsumerGroup;
import io.penstock.schema.Topic;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/** The projection of all dead-letter topics into letters and groups. */
final class DeadLetterProjection implements TopicProjection.Projected {
  static final List<String> TOPICS =
      Arrays.stream(Topic.values())
          .filter(topic -> topic != Topic.DEFINITIONS) // who writes these is told what is wrong
          .map(Topic::deadLetterTopicName)
          .toList();

  /** Letters may be large, and a batch stands in memory as a whole. */
  private static final PositionedConsumer.Reading READING =
      new PositionedConsumer.Reading(ConsumerGroup.CONSOLE_DEAD_LETTERS, TOPICS, 500, 8 << 20);

  private final PositionedConsumer.Settings settings;
  private final LetterStore store;

  DeadLetterProjection(PositionedConsumer.Settings settings, DataSource database) {
    this.settings = settings;
    this.store = new LetterStore(database);
  }

  @Override
  public String name() {
    return "console-dead-letters";
  }

  @Override
  public void clear() throws SQLException, OvertakenException {
    store.clear(TOPICS);
  }

  @Override
  public PositionedConsumer open() {
    return new PositionedConsumer(settings, READING, store);
  }
}
