package io.penstock.simulator.check;

import io.penstock.schema.Topic;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.StepOutcome;
import io.penstock.simulator.log.LogRecord;
import io.penstock.simulator.shell.Rebuilt;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/** What must hold although processes died and others went on: the same log, the same decisions. */
final class TakeOvers {
  private TakeOvers() {}

  /** Deciding the whole log once more gives the same state and the same history, byte by byte. */
  static void decideTheSame(Evidence evidence, Consumer<String> broken) {
    for (int partition = 0; partition < evidence.cluster().log().partitions(); partition++) {
      Rebuilt rebuilt = evidence.rebuilt(partition);
      sameState(
          "partition " + partition,
          evidence.cluster().states().get(partition).state(),
          rebuilt.state(),
          broken);
      sameRecords(evidence, partition, Topic.HISTORY, rebuilt, broken);
      for (Topic steps :
          new Topic[] {
            Topic.STEPS_ENRICH, Topic.STEPS_LLM, Topic.STEPS_ROUTE, Topic.STEPS_NOTIFY
          }) {
        nothingMadeUp(evidence, partition, steps, rebuilt, broken);
      }
    }
  }

  private static void sameState(
      String of,
      NavigableMap<Bytes, byte[]> kept,
      NavigableMap<Bytes, byte[]> rebuilt,
      Consumer<String> broken) {
    Set<Bytes> keys = new HashSet<>(kept.keySet());
    keys.addAll(rebuilt.keySet());
    for (Bytes key : keys) {
      if (!Arrays.equals(kept.get(key), rebuilt.get(key))) {
        broken.accept(
            of
                + " holds "
                + (kept.get(key) == null ? "no " : "another ")
                + new String(key.get(), java.nio.charset.StandardCharsets.ISO_8859_1)
                + (rebuilt.get(key) == null ? ", and should not" : " than it should"));
      }
    }
  }

  private static void sameRecords(
      Evidence evidence, int partition, Topic topic, Rebuilt rebuilt, Consumer<String> broken) {
    String committed = digests(committed(evidence, topic, partition).map(LogRecord::value));
    String decided = digests(rebuilt.sent(topic).stream().map(sent -> sent.value().get()));
    if (!committed.equals(decided)) {
      broken.accept(topic.topicName() + "-" + partition + " is not what its log leads to");
    }
  }

  /** Commands may be dropped once their outcome is known; none may differ, or come from nowhere. */
  private static void nothingMadeUp(
      Evidence evidence, int partition, Topic topic, Rebuilt rebuilt, Consumer<String> broken) {
    Set<Bytes> decided = new HashSet<>();
    rebuilt.sent(topic).forEach(sent -> decided.add(sent.value()));
    evidence.commands().stream()
        .map(Evidence.Requested::record)
        .filter(record -> record.topic().equals(topic.topicName()))
        .filter(record -> record.partition() == partition)
        .filter(record -> !decided.contains(Bytes.wrap(record.value())))
        .forEach(record -> broken.accept(record + " is a command that nobody decided"));
  }

  private static Stream<LogRecord> committed(Evidence evidence, Topic topic, int partition) {
    return evidence.cluster().log().records(topic.topicName(), partition).stream()
        .filter(LogRecord::isCommitted);
  }

  private static String digests(Stream<byte[]> values) {
    StringBuilder all = new StringBuilder();
    values.forEach(value -> all.append(Arrays.hashCode(value)).append(' '));
    return all.toString();
  }

  /** Who takes over waits for the outcomes that the log had already. */
  static void repeatNothingAnswered(Evidence evidence, Consumer<String> broken) {
    for (int partition = 0; partition < evidence.cluster().log().partitions(); partition++) {
      Map<CommandId, Long> answered = new HashMap<>();
      for (Evidence.Taken taken : evidence.inputs(partition)) {
        if (taken.input() instanceof StepOutcome outcome) {
          answered.putIfAbsent(outcome.command(), taken.record().offset());
        }
      }
      for (Evidence.Requested one : evidence.commands()) {
        Long at = answered.get(one.command().id());
        long known = one.record().takenOverAt();
        if (one.record().partition() == partition && at != null && at < known) {
          broken.accept(
              one.command().id()
                  + " went out by a task that began when the log had "
                  + known
                  + " records; its outcome is number "
                  + at);
        }
      }
    }
  }
}
