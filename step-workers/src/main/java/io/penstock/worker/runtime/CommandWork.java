package io.penstock.worker.runtime;

import io.penstock.schema.Topic;
import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Step;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.DeadLetter;
import io.penstock.schema.kafka.MessageCodec;
import io.penstock.schema.kafka.TraceParent;
import io.penstock.schema.kafka.UnreadableRecordException;
import io.penstock.schema.message.CommandId;
import io.penstock.schema.message.ErrorType;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What is done with one record of a step topic. When {@link #handle} returns, the outcome, or the
 * dead letter, is acknowledged by the broker: so whatever kills the process repeats only calls that
 * were in flight.
 */
final class CommandWork implements StepConsumer.RecordWork {
  private static final Logger LOG = LoggerFactory.getLogger(CommandWork.class);

  /**
   * From this delivery of a record on the call is not made: its worker ended twice without an
   * outcome, and after a few more the broker would drop the record without a word. A deferral makes
   * the orchestrator hand out the attempt as a fresh record.
   */
  private static final int SUSPICIOUS_DELIVERY = 3;

  /**
   * So many deferrals because of ended workers, then the step has failed: nobody else is at risk.
   */
  private static final int MOST_LOSSES = 10;

  /** A workflow version that is applied is on its way here. */
  private static final Duration DEFINITION_DEFERRAL = Duration.ofSeconds(5);

  private static final Duration FIRST_DEFERRAL = Duration.ofSeconds(1);
  private static final Duration LONGEST_DEFERRAL = Duration.ofMinutes(5);

  private final StepHandler handler;
  private final WorkerDefinitions definitions;
  private final OutcomeProducer producer;
  private final OutcomeLimits limits;
  private final CommandMemory memory;
  private final int partitions;
  private final Clock clock;
  private final String worker;
  private final AttemptObserver observer;

  /**
   * @param partitions of {@code penstock.inputs}
   */
  CommandWork(
      StepHandler handler,
      WorkerDefinitions definitions,
      OutcomeProducer producer,
      OutcomeLimits limits,
      CommandMemory memory,
      int partitions,
      Clock clock,
      String worker,
      AttemptObserver observer) {
    this.handler = handler;
    this.definitions = definitions;
    this.producer = producer;
    this.limits = limits;
    this.memory = memory;
    this.partitions = partitions;
    this.clock = clock;
    this.worker = worker;
    this.observer = observer;
  }

  @Override
  public void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    StepRequested command;
    try {
      command = decoded(record);
    } catch (UnreadableRecordException e) {
      deadLetter(record, DeadLetter.UNREADABLE, e.getMessage());
      return;
    }
    int recordDelivery = record.deliveryCount().map(Short::intValue).orElse(1);
    Optional<TraceParent> trace = TraceParent.of(record.headers());
    try {
      StepOutcome outcome =
          memory.once(
              command.id(),
              () -> observer.attempt(command, trace, () -> outcomeOf(command, recordDelivery)));
      producer.publish(outcome, command.replyPartition(), trace);
    } catch (OutcomeProducer.UndeliverableException e) {
      giveUp(record, command.id(), "Kafka does not take the outcome", e.getCause());
    } catch (RuntimeException e) {
      if (recordDelivery < SUSPICIOUS_DELIVERY) {
        throw e;
      }
      // Thrown once more it would soon be dropped by the broker without a word.
      giveUp(record, command.id(), "a bug in the worker", e);
    }
  }

  private StepRequested decoded(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableRecordException {
    StepRequested command = MessageCodec.decodeStepRequested(record.headers(), record.value());
    if (command.replyPartition() >= partitions) {
      throw new UnreadableRecordException(
          "its outcome should go to partition %d of %s, which has %d (penstock.kafka.partitions)"
              .formatted(command.replyPartition(), Topic.INPUTS.topicName(), partitions));
    }
    return command;
  }

  private void giveUp(
      ConsumerRecord<byte[], byte[]> record, CommandId id, String cause, Throwable failure)
      throws InterruptedException {
    about(LOG.atError(), id)
        .addKeyValue("error", failure.getClass().getName())
        .addKeyValue("at", placeOf(failure))
        .addKeyValue("reason", cause)
        .log("a command goes to the dead letters, its step gets no outcome");
    deadLetter(
        record, DeadLetter.INTERNAL, "%s: %s".formatted(cause, failure.getClass().getSimpleName()));
  }

  private void deadLetter(ConsumerRecord<byte[], byte[]> record, String reason, String cause)
      throws InterruptedException {
    producer.publishDeadLetter(record, reason, cause);
    observer.deadLettered(record.topic(), reason);
  }

  private StepOutcome outcomeOf(StepRequested command, int recordDelivery) {
    Instant startedAt = clock.instant();
    AttemptResult result =
        recordDelivery >= SUSPICIOUS_DELIVERY
            ? notCalled(command, recordDelivery)
            : attempt(command);
    return new StepOutcome(
        command.id(), result.result(), result.usage(), startedAt, clock.instant(), worker);
  }

  private static AttemptResult notCalled(StepRequested command, int recordDelivery) {
    CommandId id = command.id();
    Ticket ticket = Ticket.of(command.ticket()).lostOnceMore();
    int losses = ticket.losses();
    about(LOG.atWarn(), id)
        .addKeyValue("losses", losses)
        .log("workers ended on a command without an outcome; it is not called again");
    if (losses > MOST_LOSSES) {
      return AttemptResult.failed(
          ErrorType.INTERNAL,
          "workers ended %d times on this command".formatted(losses * (SUSPICIOUS_DELIVERY - 1)));
    }
    Duration delay = FIRST_DEFERRAL.multipliedBy(1L << Math.min(losses - 1, MOST_LOSSES));
    return AttemptResult.deferred(
        delay.compareTo(LONGEST_DEFERRAL) > 0 ? LONGEST_DEFERRAL : delay,
        "handed to a worker %d times without an outcome".formatted(recordDelivery - 1),
        ticket.text());
  }

  private AttemptResult attempt(StepRequested command) {
    Optional<Workflow> workflow = definitions.await(command.workflow(), command.version());
    if (workflow.isEmpty()) {
      return AttemptResult.deferred(
          DEFINITION_DEFERRAL,
          "worker '%s' does not know workflow '%s' version '%s' yet"
              .formatted(worker, command.workflow(), command.version()),
          command.ticket());
    }
    Optional<Action.Work> action =
        workflow
            .get()
            .step(command.id().path())
            .map(Step::action)
            .filter(Action.Work.class::isInstance)
            .map(Action.Work.class::cast)
            .filter(work -> work.kind() == handler.kind());
    if (action.isEmpty()) {
      return AttemptResult.failed(
          ErrorType.CONFIGURATION,
          "workflow '%s' version '%s' has no %s step at '%s'"
              .formatted(
                  command.workflow(), command.version(), handler.kind().id(), command.id().path()));
    }
    Ticket ticket = Ticket.of(command.ticket());
    return ticket.on(
        attempt(
            new Attempt(
                command.id(),
                action.get(),
                command.timeout(),
                command.context(),
                ticket.handlers(),
                definitions.index())));
  }

  private AttemptResult attempt(Attempt attempt) {
    try {
      return limits.applyTo(handler.attempt(attempt));
    } catch (RuntimeException | StackOverflowError e) {
      return bug(attempt.id(), e);
    } catch (VirtualMachineError e) {
      // The trouble of this process, not of the command: it comes again.
      throw e;
    } catch (Error e) {
      return bug(attempt.id(), e);
    }
  }

  private static AttemptResult bug(CommandId id, Throwable bug) {
    about(LOG.atError(), id)
        .addKeyValue("error", bug.getClass().getName())
        .addKeyValue("at", placeOf(bug))
        .log("a bug in a step handler");
    return AttemptResult.failed(
        ErrorType.INTERNAL, "a bug in the worker: " + bug.getClass().getSimpleName());
  }

  private static LoggingEventBuilder about(LoggingEventBuilder log, CommandId id) {
    return log.addKeyValue("executionId", id.execution())
        .addKeyValue("step", id.path())
        .addKeyValue("attempt", id.attempt())
        .addKeyValue("delivery", id.delivery());
  }

  /** Instead of the exception itself: its message may quote data. */
  private static String placeOf(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length == 0 ? "unknown" : trace[0].toString();
  }
}
