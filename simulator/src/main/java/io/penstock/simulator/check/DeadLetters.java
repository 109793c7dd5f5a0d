package io.penstock.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.StepKind;
import io.penstock.simulator.log.LogRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A dead letter exists if and only if something died, and it is what died. */
final class DeadLetters {
  private DeadLetters() {}

  /** Of steps: as many letters as times that the execution says so, with its path and attempt. */
  static void ofSteps(Evidence evidence, Consumer<String> broken) {
    Map<String, Integer> letters = new HashMap<>();
    Arrays.stream(StepKind.values())
        .map(Topic::stepsOf)
        .flatMap(topic -> evidence.cluster().log().records(topic.deadLetterTopicName()))
        .filter(LogRecord::isCommitted)
        .filter(letter -> !header(letter, DeadLetter.REASON).equals(DeadLetter.UNREADABLE))
        .forEach(letter -> letters.merge(stepOf(letter), 1, Integer::sum));
    Map<String, Integer> dead = new HashMap<>();
    for (ExecutionId execution : evidence.history().all().keySet()) {
      collectDead(evidence, execution, dead);
    }
    TreeSet<String> all = new TreeSet<>(letters.keySet());
    all.addAll(dead.keySet());
    for (String step : all) {
      int written = letters.getOrDefault(step, 0);
      int expected = dead.getOrDefault(step, 0);
      if (written != expected) {
        broken.accept(step + " died " + expected + " times and has " + written + " letters");
      }
    }
  }

  /** Steps that are no command, such as a foreach without a list, die without a letter. */
  private static void collectDead(
      Evidence evidence, ExecutionId execution, Map<String, Integer> dead) {
    Map<String, Integer> attempts = new HashMap<>();
    for (Fact fact : evidence.facts(execution)) {
      switch (fact) {
        case Fact.AttemptRequested f -> attempts.put(f.path().value(), f.attempt());
        case Fact.ExecutionSuspended f ->
            f.path()
                .map(path -> path.value())
                .filter(attempts::containsKey)
                .ifPresent(
                    path ->
                        dead.merge(
                            execution + "/" + path + "." + attempts.get(path), 1, Integer::sum));
        default -> {} // says nothing about a death
      }
    }
  }

  private static String stepOf(LogRecord letter) {
    return header(letter, DeadLetter.EXECUTION_ID)
        + "/"
        + header(letter, DeadLetter.STEP_PATH)
        + "."
        + header(letter, DeadLetter.ATTEMPT);
  }

  /** Of records: what cannot be read is there once, byte for byte, and so is what met a bug. */
  static void ofRecords(Evidence evidence, Consumer<String> broken) {
    for (Topic topic : Topic.values()) {
      if (topic == Topic.HISTORY || topic == Topic.DEFINITIONS) {
        continue;
      }
      Map<String, LogRecord> originals = new HashMap<>();
      evidence
          .cluster()
          .log()
          .records(topic.topicName())
          .forEach(record -> originals.put(record.partition() + "@" + record.offset(), record));
      Map<String, Integer> times = new HashMap<>();
      letters(evidence, topic).forEach(letter -> compare(topic, letter, originals, times, broken));
      originals.forEach(
          (place, record) -> {
            if (!isReadable(topic, record) && times.getOrDefault(place, 0) == 0) {
              broken.accept(record + " cannot be read and has no dead letter");
            }
          });
    }
  }

  private static void compare(
      Topic topic,
      LogRecord letter,
      Map<String, LogRecord> originals,
      Map<String, Integer> times,
      Consumer<String> broken) {
    String place = header(letter, DeadLetter.PARTITION) + "@" + header(letter, DeadLetter.OFFSET);
    LogRecord original = originals.get(place);
    if (original == null
        || !Arrays.equals(original.key(), letter.key())
        || !Arrays.equals(original.value(), letter.value())) {
      broken.accept("a letter of " + topic.topicName() + "-" + place + " is not its record");
    }
    if (times.merge(place, 1, Integer::sum) > 1 && topic == Topic.INPUTS) {
      broken.accept(topic.topicName() + "-" + place + " has two letters");
    }
  }

  /** Letters about records, not about steps. */
  private static List<LogRecord> letters(Evidence evidence, Topic topic) {
    Stream<LogRecord> letters =
        evidence
            .cluster()
            .log()
            .records(topic.deadLetterTopicName())
            .filter(LogRecord::isCommitted);
    return letters
        .filter(
            letter ->
                topic == Topic.INPUTS
                    || header(letter, DeadLetter.REASON).equals(DeadLetter.UNREADABLE))
        .toList();
  }

  private static boolean isReadable(Topic topic, LogRecord record) {
    try {
      if (topic == Topic.INPUTS) {
        MessageCodec.decodeInput(record.headers(), record.value());
      } else {
        MessageCodec.decodeStepRequested(record.headers(), record.value());
      }
      return true;
    } catch (UnreadableRecordException e) {
      return false;
    }
  }

  private static String header(LogRecord letter, String name) {
    return Optional.ofNullable(letter.headers().lastHeader(name))
        .map(header -> new String(header.value(), UTF_8))
        .orElse("");
  }
}
