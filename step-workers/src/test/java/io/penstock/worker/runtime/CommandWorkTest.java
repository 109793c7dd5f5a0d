package io.penstock.worker.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.Topic;
import io.penstock.schema.json.Json;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepKind;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.secret.Scrubber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of one record, whatever happens to it. Without a broker: each case is a fault. */
class CommandWorkTest {
  private static final int PARTITIONS = 4;
  private static final String DEAD_LETTERS = Topic.STEPS_NOTIFY.deadLetterTopicName();

  private final WorkerDefinitions definitions =
      new WorkerDefinitions("127.0.0.1:1", "unit", WorkerWorld::parse, Duration.ZERO);
  private Function<ProducerRecord<byte[], byte[]>, RuntimeException> failure = record -> null;
  private final MockProducer<byte[], byte[]> kafka = new Failing();

  @BeforeEach
  void define() throws Exception {
    DefinitionReader.read("test.yaml", WorkerWorld.WORKFLOW.getBytes(UTF_8))
        .definitions()
        .forEach(located -> definitions.index().put(located.definition()));
  }

  @AfterEach
  void close() {
    definitions.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {PARTITIONS, Integer.MAX_VALUE})
  void a_command_whose_outcome_has_no_place_to_go_is_a_dead_letter(int replyPartition)
      throws Exception {
    FakeHandler handler = FakeHandler.succeeding(StepKind.NOTIFY);
    work(handler).handle(record(command(replyPartition, Optional.empty()), 1));
    ProducerRecord<byte[], byte[]> letter = onlyMessage();
    assertThat(letter.topic()).isEqualTo(DEAD_LETTERS);
    assertThat(header(letter, DeadLetter.REASON)).isEqualTo(DeadLetter.UNREADABLE);
    assertThat(header(letter, DeadLetter.CAUSE))
        .contains("partition " + replyPartition, "which has 4 (penstock.kafka.partitions)");
    assertThat(handler.calls()).isEmpty();
  }

  @Test
  void an_outcome_that_kafka_will_never_take_makes_its_command_a_dead_letter() throws Exception {
    for (RuntimeException permanent :
        List.of(new RecordTooLargeException("too large"), new IllegalArgumentException("bad"))) {
      kafka.clear();
      failure = record -> record.topic().equals(DEAD_LETTERS) ? null : permanent;
      work(FakeHandler.succeeding(StepKind.NOTIFY)).handle(record(command(), 1));
      ProducerRecord<byte[], byte[]> letter = onlyMessage();
      assertThat(letter.topic()).isEqualTo(DEAD_LETTERS);
      assertThat(header(letter, DeadLetter.REASON)).isEqualTo(DeadLetter.INTERNAL);
      assertThat(header(letter, DeadLetter.CAUSE))
          .isEqualTo("Kafka does not take the outcome: " + permanent.getClass().getSimpleName());
    }
  }

  @Test
  void an_outcome_that_kafka_may_take_later_is_sent_again() throws Exception {
    List<RuntimeException> troubles =
        new ArrayList<>(
            List.of(new TimeoutException("slow"), new NotLeaderOrFollowerException("moved")));
    failure = record -> troubles.isEmpty() ? null : troubles.removeFirst();
    work(FakeHandler.succeeding(StepKind.NOTIFY)).handle(record(command(), 1));
    assertThat(onlyOutcome()).isInstanceOf(StepOutcome.Succeeded.class);
  }

  @Test
  void an_outcome_that_comes_after_the_end_leaves_its_command_to_others() {
    OutcomeProducer producer = new OutcomeProducer(kafka);
    producer.close();
    assertThatThrownBy(
            () ->
                work(FakeHandler.succeeding(StepKind.NOTIFY), producer)
                    .handle(record(command(), 1)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_command_that_only_meets_bugs_is_a_dead_letter_before_the_broker_drops_it()
      throws Exception {
    CommandWork broken =
        new CommandWork(
            FakeHandler.succeeding(StepKind.NOTIFY),
            definitions,
            new OutcomeProducer(kafka),
            new OutcomeLimits(new Scrubber()),
            memory(),
            PARTITIONS,
            Clock.systemUTC(),
            null,
            AttemptObserver.BLIND);
    assertThatThrownBy(() -> broken.handle(record(command(), 1)))
        .isInstanceOf(NullPointerException.class);
    assertThat(kafka.history()).isEmpty();
    broken.handle(record(command(), 3));
    assertThat(header(onlyMessage(), DeadLetter.REASON)).isEqualTo(DeadLetter.INTERNAL);
    assertThat(header(onlyMessage(), DeadLetter.CAUSE))
        .isEqualTo("a bug in the worker: NullPointerException");
  }

  @Test
  void an_error_in_a_handler_fails_the_step() throws Exception {
    for (Error error : List.of(new NoClassDefFoundError("x"), new StackOverflowError())) {
      kafka.clear();
      work(throwing(error)).handle(record(command(), 1));
      StepOutcome.Failed failed = (StepOutcome.Failed) onlyOutcome();
      assertThat(failed.error().type()).isEqualTo(ErrorType.INTERNAL);
      assertThat(failed.error().retriable()).isFalse();
      assertThat(failed.error().message())
          .isEqualTo("a bug in the worker: " + error.getClass().getSimpleName());
    }
  }

  @Test
  void an_error_of_the_process_says_nothing_about_the_step() {
    CommandWork work = work(throwing(new OutOfMemoryError("full")));
    assertThatThrownBy(() -> work.handle(record(command(), 1)))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void a_command_on_which_workers_end_again_and_again_fails_in_the_end() throws Exception {
    FakeHandler handler = FakeHandler.succeeding(StepKind.NOTIFY);
    Optional<String> ticket = Optional.empty();
    StepOutcome.Result result = null;
    for (int handing = 1; handing <= 11; handing++) {
      if (handing > 1) {
        assertThat(result).isInstanceOf(StepOutcome.Deferred.class);
        ticket = ((StepOutcome.Deferred) result).ticket();
      }
      kafka.clear();
      work(handler).handle(record(command(0, ticket), 3));
      result = onlyOutcome();
    }
    StepOutcome.Failed failed = (StepOutcome.Failed) result;
    assertThat(failed.error().type()).isEqualTo(ErrorType.INTERNAL);
    assertThat(failed.error().retriable()).isFalse();
    assertThat(failed.error().message()).isEqualTo("workers ended 22 times on this command");
    assertThat(handler.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-slot-of-a-limiter", "lost-workers/", "lost-workers/x"})
  void a_ticket_of_another_kind_counts_no_lost_worker(String ticket) throws Exception {
    work(FakeHandler.succeeding(StepKind.NOTIFY))
        .handle(record(command(0, Optional.of(ticket)), 3));
    StepOutcome.Deferred deferred = (StepOutcome.Deferred) onlyOutcome();
    assertThat(deferred.ticket().orElseThrow()).startsWith("lost-workers/1");
    assertThat(deferred.delay()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_handler_that_defers_does_not_make_the_lost_workers_forgotten() throws Exception {
    List<Optional<String>> brought = new ArrayList<>();
    StepHandler limited =
        new FakeHandler(
            StepKind.NOTIFY,
            attempt -> {
              brought.add(attempt.ticket());
              return AttemptResult.deferred(
                  Duration.ofSeconds(1), "limit reached", Optional.of("slot/b"));
            });

    work(limited).handle(record(command(0, Optional.of("lost-workers/3 slot/a")), 1));
    Optional<String> next = ((StepOutcome.Deferred) onlyOutcome()).ticket();
    kafka.clear();
    work(limited).handle(record(command(0, next), 3));

    assertThat(brought).containsExactly(Optional.of("slot/a"));
    assertThat(next).contains("lost-workers/3 slot/b");
    assertThat(((StepOutcome.Deferred) onlyOutcome()).ticket()).contains("lost-workers/4 slot/b");
  }

  private CommandWork work(StepHandler handler) {
    return work(handler, new OutcomeProducer(kafka));
  }

  private CommandWork work(StepHandler handler, OutcomeProducer producer) {
    return new CommandWork(
        handler,
        definitions,
        producer,
        new OutcomeLimits(new Scrubber()),
        memory(),
        PARTITIONS,
        Clock.systemUTC(),
        "unit",
        AttemptObserver.BLIND);
  }

  private static CommandMemory memory() {
    return new CommandMemory(10, 10_000, Duration.ofMinutes(1), System::nanoTime);
  }

  private static FakeHandler throwing(Error error) {
    return new FakeHandler(
        StepKind.NOTIFY,
        attempt -> {
          throw error;
        });
  }

  private static StepRequested command() {
    return command(0, Optional.empty());
  }

  private static StepRequested command(int replyPartition, Optional<String> ticket) {
    CommandId id = WorkerWorld.command(StepKind.NOTIFY, "one").id();
    return new StepRequested(
        id,
        StepKind.NOTIFY,
        "leads",
        "1.0.0",
        replyPartition,
        Optional.empty(),
        Json.EMPTY_OBJECT,
        Instant.EPOCH,
        ticket);
  }

  private static ConsumerRecord<byte[], byte[]> record(StepRequested command, int delivery) {
    Encoded encoded = MessageCodec.encode(command);
    ProducerRecord<byte[], byte[]> sent = encoded.to(Topic.STEPS_NOTIFY.topicName(), 0);
    return new ConsumerRecord<>(
        sent.topic(),
        0,
        0,
        0,
        TimestampType.LOG_APPEND_TIME,
        sent.key().length,
        sent.value().length,
        sent.key(),
        sent.value(),
        sent.headers(),
        Optional.empty(),
        Optional.of((short) delivery));
  }

  private ProducerRecord<byte[], byte[]> onlyMessage() {
    assertThat(kafka.history()).hasSize(1);
    return kafka.history().getFirst();
  }

  private StepOutcome.Result onlyOutcome() throws Exception {
    ProducerRecord<byte[], byte[]> message = onlyMessage();
    assertThat(message.topic()).isEqualTo(Topic.INPUTS.topicName());
    return ((StepOutcome) MessageCodec.decodeInput(message.headers(), message.value())).result();
  }

  private static String header(ProducerRecord<byte[], byte[]> message, String name) {
    return new String(message.headers().lastHeader(name).value(), UTF_8);
  }

  /** Throws what the test says, as the real one does for what it finds out at once. */
  private final class Failing extends MockProducer<byte[], byte[]> {
    Failing() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
      RuntimeException thrown = failure.apply(record);
      if (thrown != null) {
        throw thrown;
      }
      return super.send(record);
    }
  }
}
