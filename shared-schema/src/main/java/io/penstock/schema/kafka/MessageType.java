package io.penstock.schema.kafka;

import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The CloudEvents {@code type} of each message. A changed meaning is a new type, never an edit. */
public enum MessageType {
  EVENT_ACCEPTED("io.penstock.event.accepted.v1", EventAccepted.class),
  STEP_OUTCOME("io.penstock.step.outcome.v1", StepOutcome.class),
  TIMER_DUE("io.penstock.timer.due.v1", TimerDue.class),
  CONTROL("io.penstock.control.v1", Control.class),
  STEP_REQUESTED("io.penstock.step.requested.v1", StepRequested.class),
  HISTORY("io.penstock.history.v1", HistoryRecord.class),
  DEFINITION("io.penstock.definition.applied.v1", byte[].class);

  private static final Map<String, MessageType> BY_CE_TYPE =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(t -> t.ceType, Function.identity()));

  private final String ceType;
  private final Class<?> messageClass;

  MessageType(String ceType, Class<?> messageClass) {
    this.ceType = ceType;
    this.messageClass = messageClass;
  }

  /** What stands in the header {@code ce_type}. */
  public String ceType() {
    return ceType;
  }

  Class<?> messageClass() {
    return messageClass;
  }

  static Optional<MessageType> of(String ceType) {
    return Optional.ofNullable(BY_CE_TYPE.get(ceType));
  }
}
