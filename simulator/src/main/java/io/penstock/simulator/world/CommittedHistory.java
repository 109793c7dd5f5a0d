package io.penstock.simulator.world;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.ExecutionStatus;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.simulator.log.LogRecord;
import io.penstock.simulator.log.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader of committed history knows of all executions, as the console does. */
public final class CommittedHistory {
  private final Map<ExecutionId, List<Entry>> byExecution = new LinkedHashMap<>();
  private final List<LogRecord> pending = new ArrayList<>();

  /**
   * A transition, and when readers could see it.
   *
   * @param committedAt virtual time
   */
  public record Entry(HistoryRecord transition, LogRecord record, long committedAt) {}

  /** To be told of each record that is appended. */
  public void appended(LogRecord record) {
    if (record.topic().equals(Topic.HISTORY.topicName())) {
      pending.add(record);
    }
  }

  /**
   * To be told of each end of a transaction.
   *
   * @return what it brought
   */
  public List<Entry> ended(Transaction transaction, long now) {
    if (transaction.state() != Transaction.State.COMMITTED) {
      return List.of();
    }
    List<Entry> brought = new ArrayList<>();
    List<LogRecord> committed = pending.stream().filter(LogRecord::isCommitted).toList();
    pending.removeAll(committed);
    for (LogRecord record : committed) {
      Entry entry = new Entry(decoded(record), record, now);
      byExecution
          .computeIfAbsent(entry.transition().execution(), unknown -> new ArrayList<>())
          .add(entry);
      brought.add(entry);
    }
    return brought;
  }

  public Map<ExecutionId, List<Entry>> all() {
    return byExecution;
  }

  public List<Entry> of(ExecutionId execution) {
    return byExecution.getOrDefault(execution, List.of());
  }

  /** The last one that is known; transitions that ignored something may know none. */
  public Optional<ExecutionStatus> status(ExecutionId execution) {
    List<Entry> entries = of(execution);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Optional<ExecutionStatus> status = entries.get(i).transition().status();
      if (status.isPresent()) {
        return status;
      }
    }
    return Optional.empty();
  }

  private static HistoryRecord decoded(LogRecord record) {
    try {
      return MessageCodec.decodeHistory(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException("the orchestrator wrote what nobody can read", e);
    }
  }
}
