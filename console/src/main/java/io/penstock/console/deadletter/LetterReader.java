package io.penstock.console.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.console.projection.StorableText;
import io.penstock.console.projection.StorableTime;
import io.penstock.schema.Topic;
import io.penstock.schema.json.JsonMapper;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.StepPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads whatever lies on a dead-letter topic: nothing in there is refused. */
final class LetterReader {
  /** Reason of a letter that does not say why it is one. */
  static final String UNKNOWN = "unknown";

  private static final String STEPS = "penstock.steps.";
  private static final String OURS = "penstock.";
  private static final String ERROR = ErrorType.INTERNAL.uri().replace("internal", "");
  private static final int MAX_CAUSE = 2_000;

  /** What stands in an index, in characters. A longer one is none of ours. */
  private static final int MAX_NAME = 200;

  private static final int MAX_EXECUTION = 300;
  private static final int MAX_PATH = 1_000;

  private final ConsumerRecord<byte[], byte[]> record;
  private final String topic;

  private LetterReader(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
    this.topic = record.topic().substring(Topic.DEAD_LETTER_PREFIX.length());
  }

  static Letter read(ConsumerRecord<byte[], byte[]> record) {
    return new LetterReader(record).letter();
  }

  /** {@code enrich} for {@code penstock.steps.enrich}: what ids begin with. */
  static String shortName(String topic) {
    String name = topic.startsWith(OURS) ? topic.substring(OURS.length()) : topic;
    return topic.startsWith(STEPS) ? topic.substring(STEPS.length()) : name;
  }

  private Letter letter() {
    String reason = text(DeadLetter.REASON).map(text -> cut(text, MAX_NAME)).orElse(UNKNOWN);
    String cause = text(DeadLetter.CAUSE).map(text -> cut(text, MAX_CAUSE)).orElse("");
    Letter.DeadStep step = deadStep().orElse(null);
    return new Letter(
        record,
        shortName(topic) + "-" + record.partition() + "-" + record.offset(),
        topic,
        StorableTime.of(Instant.ofEpochMilli(record.timestamp())),
        reason,
        cause,
        source().orElse(null),
        step,
        group(step, reason, cause),
        headers(),
        true);
  }

  private Letter.Group group(Letter.DeadStep step, String reason, String cause) {
    String message = MessagePattern.of(cause);
    String fingerprint =
        step == null
            ? Fingerprint.of(Letter.RECORD, topic, reason, message)
            : Fingerprint.of(
                Letter.STEP,
                step.workflow(),
                step.version(),
                step.step(),
                step.errorType(),
                message);
    return new Letter.Group(fingerprint, message);
  }

  /** Only if all is said that the orchestrator says of one. */
  private Optional<Letter.DeadStep> deadStep() {
    if (!topic.startsWith(STEPS)) {
      return Optional.empty();
    }
    Optional<String> execution = name(DeadLetter.EXECUTION_ID, MAX_EXECUTION);
    Optional<String> path = name(DeadLetter.STEP_PATH, MAX_PATH);
    Optional<String> workflow = name(DeadLetter.WORKFLOW, MAX_NAME);
    Optional<String> version = name(DeadLetter.WORKFLOW_VERSION, MAX_NAME);
    Optional<String> error = name(DeadLetter.ERROR_TYPE, MAX_NAME);
    if (!execution.filter(LetterReader::isExecution).isPresent()
        || !path.filter(LetterReader::isPath).isPresent()
        || workflow.isEmpty()
        || version.isEmpty()
        || error.isEmpty()) {
      return Optional.empty();
    }
    Optional<CommandId> command = command();
    return Optional.of(
        new Letter.DeadStep(
            execution.get(),
            path.get(),
            workflow.get(),
            version.get(),
            stepOf(path.get()),
            error.get().startsWith(ERROR) ? error.get().substring(ERROR.length()) : error.get(),
            command.map(CommandId::generation).orElse(null),
            command.map(CommandId::attempt).orElse(null)));
  }

  private Optional<CommandId> command() {
    try {
      return Optional.of(MessageCodec.decodeStepRequested(record.headers(), record.value()).id());
    } catch (UnreadableRecordException e) {
      return Optional.empty();
    }
  }

  private static boolean isExecution(String text) {
    try {
      return !new ExecutionId(text).recordKey().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isPath(String text) {
    try {
      return !new StepPath(text).value().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** {@code each/call} for {@code each/17/call}: which step of the definition it is. */
  static String stepOf(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(part -> part.isEmpty() || !part.chars().allMatch(LetterReader::isDigit))
        .collect(Collectors.joining("/"));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private Optional<Letter.Source> source() {
    try {
      return text(DeadLetter.PARTITION)
          .map(Integer::valueOf)
          .flatMap(
              partition ->
                  text(DeadLetter.OFFSET)
                      .map(Long::valueOf)
                      .map(offset -> new Letter.Source(partition, offset)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Optional<String> name(String header, int longest) {
    Header found = record.headers().lastHeader(header);
    return Optional.ofNullable(found)
        .map(Header::value)
        .map(value -> new String(value, UTF_8))
        .filter(text -> !text.isEmpty() && text.length() <= longest)
        .filter(StorableText::isStorable);
  }

  private Optional<String> text(String header) {
    return Optional.ofNullable(record.headers().lastHeader(header))
        .map(Header::value)
        .map(value -> StorableText.of(new String(value, UTF_8)));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : StorableText.of(text.substring(0, longest - 1)) + "…";
  }

  private String headers() {
    List<List<String>> all = new ArrayList<>();
    for (Header header : record.headers()) {
      all.add(
          Arrays.asList(
              header.key(),
              header.value() == null ? null : Base64.getEncoder().encodeToString(header.value())));
    }
    return new String(JsonMapper.write(all), UTF_8);
  }
}
