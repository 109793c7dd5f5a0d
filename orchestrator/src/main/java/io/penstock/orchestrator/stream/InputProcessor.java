package io.penstock.orchestrator.stream;

import io.penstock.orchestrator.core.CoreInput;
import io.penstock.orchestrator.core.Message;
import io.penstock.schema.Topic;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.Encoded;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.Hash;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of the input log: each record to the core, its transition to the stores and topics.
 *
 * <p>Nothing stops it. What cannot be read, and what meets a bug, becomes a dead letter; the
 * execution concerned is suspended and the next record is taken. Only Kafka's own errors get
 * through: they abort the transaction, and the same is decided again.
 */
final class InputProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(InputProcessor.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int TIMERS_PER_TICK = 500;
  private static final int RELEASED_AT_ONCE = 500;
  private static final int DELETED_PER_TICK = 500;

  private final Transitions transitions;
  private final InputLog log;
  private final Producer<byte[], byte[]> timerProducer;
  private final int partitions;
  private final StreamObserver observer;
  private final ObservedOffsets observed;
  private final Duration standstill;
  private final LongSupplier nanoTime;

  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;
  private SeenEvents seen;
  private Timers timers;
  private Leftovers leftovers;
  private OpenScopes open;
  private TimerAnnouncer announcer;
  private CommandHold hold;
  private long lastOffset = -1;
  private long lastAliveNanos;
  private long lastRecordNanos;
  private long lastTickNanos;

  /**
   * @param standstill shorter than a session: who stood still for longer may have lost the
   *     partition
   * @param nanoTime a monotonic clock; tells only whether the log stands still
   */
  InputProcessor(
      Transitions transitions,
      InputLog log,
      Producer<byte[], byte[]> timerProducer,
      int partitions,
      StreamObserver observer,
      ObservedOffsets observed,
      Duration standstill,
      LongSupplier nanoTime) {
    this.transitions = transitions;
    this.log = log;
    this.timerProducer = timerProducer;
    this.partitions = partitions;
    this.observer = observer;
    this.observed = observed;
    this.standstill = standstill;
    this.nanoTime = nanoTime;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    int partition = context.taskId().partition();
    store = context.getStateStore(OrchestratorTopology.STATE);
    seen = new SeenEvents(context.getStateStore(OrchestratorTopology.SEEN_EVENTS));
    timers = new Timers(store);
    leftovers = new Leftovers(store);
    open = new OpenScopes(store);
    announcer = new TimerAnnouncer(timerProducer, partition);
    hold = new CommandHold(store, log.endOffset(partition));
    lastRecordNanos = nanoTime.getAsLong();
    lastTickNanos = lastRecordNanos;
    lastAliveNanos = lastRecordNanos;
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    noticeStandstill(nanoTime.getAsLong());
    Place place =
        new Place(
            context.taskId().partition(),
            context.recordMetadata().orElseThrow().offset(),
            Instant.ofEpochMilli(record.timestamp()));
    try {
      Input input = MessageCodec.decodeInput(record.headers(), record.value());
      checkPartition(record.key(), input, place);
      take(record, place, input);
    } catch (UnreadableRecordException e) {
      deadLetter(record, place, DeadLetter.UNREADABLE, e.getMessage());
    }
    observed.passed(place);
    lastOffset = place.offset();
    hold.reached(lastOffset);
    release(record.timestamp());
    lastRecordNanos = nanoTime.getAsLong();
  }

  /** Where a key stands decides who may write its state; a stranger's partitioner may differ. */
  private void checkPartition(byte[] key, Input input, Place place)
      throws UnreadableRecordException {
    if (input instanceof EventAccepted
        && (key == null
            || Utils.toPositive(Utils.murmur2(key)) % partitions != place.partition())) {
      throw new UnreadableRecordException("the event's key does not belong in this partition");
    }
  }

  private void take(Record<byte[], byte[]> record, Place place, Input input) {
    List<Target> targets = targets(input, place);
    List<Computed> computed = new ArrayList<>();
    Optional<String> bug = Optional.empty();
    for (Target target : targets) {
      try {
        computed.add(compute(place, target));
      } catch (KafkaException e) {
        throw e; // the stores': the transaction is aborted, and the same decided again
      } catch (RuntimeException e) {
        bug = Optional.of(metABug(place, target, e));
        suspended(place, target).ifPresent(computed::add);
      } catch (StackOverflowError e) {
        bug = Optional.of(metABug(place, target, e));
        suspended(place, target).ifPresent(computed::add);
      }
    }
    // Everything is computed; from here on only Kafka can fail, and then all of it is undone.
    bug.ifPresent(reason -> deadLetter(record, place, DeadLetter.INTERNAL, reason));
    if (input instanceof EventAccepted event) {
      seen.add(event.eventHash(), place.at());
    }
    if (input instanceof Control control && bug.isEmpty()) { // else its letter may be sent back
      seen.add(key(control), place.at());
    }
    if (input instanceof TimerDue timer) {
      timers.remove(timer.execution(), timer.due());
    }
    computed.forEach(
        c -> write(place, c, Traces.of(record.headers(), input, c.transition(), c.pieces())));
  }

  private static String key(Control control) {
    return "control " + Hash.of(control.id());
  }

  /** Says what and where, without the exception's message: it may quote a payload. */
  private static String metABug(Place place, Target target, Throwable bug) {
    String at = BugPlace.of(bug);
    LOG.atError()
        .addKeyValue("executionId", target.execution())
        .addKeyValue("partition", place.partition())
        .addKeyValue("offset", place.offset())
        .addKeyValue("at", at)
        .log("deciding an input failed: dead-lettered, its execution is suspended");
    return at;
  }

  /** An input and the execution that has to decide on it. */
  private record Target(ExecutionId execution, CoreInput input) {}

  private List<Target> targets(Input input, Place place) {
    return switch (input) {
      case EventAccepted event -> {
        boolean seenBefore = seen.contains(event.eventHash(), place.at());
        yield event.starts().stream()
            .map(
                start ->
                    new Target(
                        start.execution(), new CoreInput.StartRequested(event, start, seenBefore)))
            .toList();
      }
      case StepOutcome outcome ->
          List.of(
              new Target(outcome.command().execution(), new CoreInput.OutcomeReceived(outcome)));
      case TimerDue timer ->
          List.of(new Target(timer.execution(), new CoreInput.TimerFired(timer)));
      case Control control ->
          List.of(
              new Target(
                  control.execution(),
                  new CoreInput.ControlReceived(control, seen.contains(key(control), place.at()))));
    };
  }

  /** A transition, and the pieces that it was decided by. */
  private record Computed(Transition transition, StoredPieces pieces) {}

  private Computed compute(Place place, Target target) {
    StoredPieces pieces = pieces(target.execution());
    return new Computed(
        transitions.compute(place, target.execution(), pieces, target.input()), pieces);
  }

  private StoredPieces pieces(ExecutionId execution) {
    return new StoredPieces(store, open, execution);
  }

  private Optional<Computed> suspended(Place place, Target target) {
    CoreInput failed =
        new CoreInput.DecisionFailed(
            "a bug in the orchestrator was met at partition %d, offset %d of %s; the input is a dead letter"
                .formatted(place.partition(), place.offset(), Topic.INPUTS.topicName()),
            target.input());
    try {
      return Optional.of(compute(place, new Target(target.execution(), failed)));
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("executionId", target.execution())
          .addKeyValue("at", BugPlace.of(e))
          .log("suspending the execution failed too: it keeps its last state");
      return Optional.empty();
    }
  }

  private void write(Place place, Computed computed, Optional<TraceParent> trace) {
    Transition transition = computed.transition();
    computed
        .pieces()
        .write(transition.changes(), trace.filter(given -> Traces.starts(transition)), leftovers);
    for (Message message : transition.messages()) {
      switch (message) {
        case Message.Command command -> {
          if (hold.holds(place.offset())) {
            hold.hold(command.request());
          } else {
            hold.supersede(command.request().id());
            send(command.request(), trace, place.at().toEpochMilli());
          }
        }
        case Message.DeadCommand dead -> deadLetter(place, dead, trace);
        case Message.WakeUpMoved wakeUp -> timers.move(transition.execution(), wakeUp);
      }
    }
    hold.settle(transition.execution(), pieces(transition.execution())::awaits);
    forward(
        transition.history(),
        trace,
        place.at().toEpochMilli(),
        OrchestratorTopology.sink(Topic.HISTORY));
    observed.of(place).decided(transition.decided());
  }

  private void send(StepRequested command, Optional<TraceParent> trace, long timestamp) {
    forward(
        MessageCodec.encode(command),
        trace,
        timestamp,
        OrchestratorTopology.sink(Topic.stepsOf(command.kind())));
  }

  private void release(long timestamp) {
    if (hold.hasToRelease()) {
      hold.release(RELEASED_AT_ONCE)
          .forEach(command -> send(command, pieces(command.id().execution()).trace(), timestamp));
    }
  }

  /**
   * After a long standstill of the process another one may have decided what lies in our buffer,
   * and its commands may be answered: they wait until we know. If the partition is lost, the commit
   * is refused, and they never go out.
   */
  private void noticeStandstill(long nanos) {
    if (nanos - lastAliveNanos > standstill.toNanos()) {
      long end = log.endOffset(context.taskId().partition());
      if (end > lastOffset + 1 && end > hold.until()) {
        hold = new CommandHold(store, end);
      }
    }
    lastAliveNanos = nanos;
  }

  private void tick(long wallClockMillis) {
    long nanos = nanoTime.getAsLong();
    noticeStandstill(nanos);
    if (nanos - lastTickNanos > PAUSE.toNanos()) {
      lastRecordNanos = nanos; // we stood still, not the log
    }
    lastTickNanos = nanos;
    if (nanos - lastRecordNanos > IDLE.toNanos()) {
      hold.endOfLog();
    }
    release(wallClockMillis);
    leftovers.deleteSome(DELETED_PER_TICK);
    if (hold.isCaughtUp()) { // what is due may have been fired already, further down the log
      List<TimerDue> due = timers.due(Instant.ofEpochMilli(wallClockMillis), TIMERS_PER_TICK);
      announcer.announce(due, nanos);
      observer.timersDue(
          context.taskId().partition(),
          due.size(),
          due.isEmpty()
              ? Duration.ZERO
              : Duration.ofMillis(wallClockMillis - due.getFirst().due().toEpochMilli()));
    }
  }

  private void deadLetter(Record<byte[], byte[]> record, Place place, String reason, String cause) {
    Headers headers =
        DeadLetter.headers(
            record.headers(),
            Topic.INPUTS.topicName(),
            place.partition(),
            place.offset(),
            reason,
            cause);
    context.forward(
        new Record<>(record.key(), record.value(), record.timestamp(), headers),
        OrchestratorTopology.deadLetterSink(Topic.INPUTS));
    observed.of(place).deadLettered(Topic.INPUTS, reason);
  }

  private void deadLetter(Place place, Message.DeadCommand dead, Optional<TraceParent> trace) {
    StepRequested request = dead.request();
    Encoded original = MessageCodec.encode(request);
    Topic topic = Topic.stepsOf(request.kind());
    Headers headers =
        DeadLetter.aboutStep(
            DeadLetter.headers(
                traced(original.headers(), trace),
                topic.topicName(),
                place.partition(),
                place.offset(),
                dead.error().type().id(),
                dead.error().message()),
            request.id(),
            request.workflow(),
            request.version(),
            dead.error().type());
    context.forward(
        new Record<>(original.key(), original.value(), place.at().toEpochMilli(), headers),
        OrchestratorTopology.deadLetterSink(topic));
    observed.of(place).deadLettered(topic, dead.error().type().id());
  }

  private void forward(Encoded message, Optional<TraceParent> trace, long timestamp, String sink) {
    context.forward(
        new Record<>(message.key(), message.value(), timestamp, traced(message.headers(), trace)),
        sink);
  }

  private static Headers traced(Headers headers, Optional<TraceParent> trace) {
    return trace.isPresent() ? trace.get().addedTo(headers) : headers;
  }

  /** Somebody else's partition from now on: what is overdue in it is theirs to tell. */
  @Override
  public void close() {
    observer.timersDue(context.taskId().partition(), 0, Duration.ZERO);
  }
}
