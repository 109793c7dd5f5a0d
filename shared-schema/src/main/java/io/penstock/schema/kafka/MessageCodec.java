package io.penstock.schema.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.penstock.schema.definition.DefinitionKey;
import io.penstock.schema.json.JsonMapper;
import io.penstock.schema.message.Control;
import io.penstock.schema.message.EventAccepted;
import io.penstock.schema.message.ExecutionId;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepOutcome;
import io.penstock.schema.message.StepRequested;
import io.penstock.schema.message.TimerDue;
import java.io.IOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Messages as CloudEvents 1.0 in Kafka's binary mode: attributes in headers {@code ce_*}, the
 * message as JSON in the value. Golden samples stand in {@code src/test/resources/messages/v1}.
 */
public final class MessageCodec {
  public static final String CE_ID = "ce_id";
  public static final String CE_TYPE = "ce_type";
  public static final String CE_SOURCE = "ce_source";
  public static final String CE_SPECVERSION = "ce_specversion";
  public static final String CONTENT_TYPE = "content-type";

  private static final byte[] VERSION = utf8("1.0");
  private static final byte[] JSON = utf8("application/json");

  private MessageCodec() {}

  /**
   * Encodes what the orchestrator decides on.
   *
   * @param ceSource which component writes it, e.g. {@code /penstock/ingest}
   */
  public static Encoded encode(Input input, String ceSource) {
    return switch (input) {
      case EventAccepted event ->
          encode(
              MessageType.EVENT_ACCEPTED,
              event.partitionKey().orElseGet(event::eventHash),
              event.eventHash(),
              ceSource,
              event);
      case StepOutcome outcome ->
          encode(
              MessageType.STEP_OUTCOME,
              outcome.command().execution().recordKey(),
              outcome.command().toString(),
              ceSource,
              outcome);
      case TimerDue timer ->
          encode(
              MessageType.TIMER_DUE,
              timer.execution().recordKey(),
              timer.execution() + "@" + timer.due().toEpochMilli(),
              ceSource,
              timer);
      case Control control ->
          encode(
              MessageType.CONTROL,
              control.execution().recordKey(),
              control.id(),
              ceSource,
              control);
    };
  }

  public static Encoded encode(StepRequested command) {
    return encode(
        MessageType.STEP_REQUESTED,
        command.id().execution().recordKey(),
        command.id().toString(),
        "/penstock/orchestrator",
        command);
  }

  public static Encoded encode(HistoryRecord history) {
    ExecutionId execution = history.execution();
    return encode(
        MessageType.HISTORY,
        execution.recordKey(),
        execution + "@" + history.sequence(),
        "/penstock/orchestrator",
        history);
  }

  /**
   * Encodes a definition.
   *
   * @param json its canonical JSON
   */
  public static Encoded encode(DefinitionKey key, byte[] json) {
    return new Encoded(
        utf8(key.recordKey()),
        json,
        headers(MessageType.DEFINITION, key.recordKey(), "/penstock/ingest"));
  }

  /**
   * @throws UnreadableRecordException if it is none of the messages of the input log
   */
  public static Input decodeInput(Headers headers, byte[] value) throws UnreadableRecordException {
    MessageType type = typeOf(headers);
    return switch (type) {
      case EVENT_ACCEPTED, STEP_OUTCOME, TIMER_DUE, CONTROL ->
          (Input) read(type, type.messageClass(), value);
      case STEP_REQUESTED, HISTORY, DEFINITION ->
          throw new UnreadableRecordException(type.ceType() + " does not belong in this topic");
    };
  }

  public static StepRequested decodeStepRequested(Headers headers, byte[] value)
      throws UnreadableRecordException {
    return expect(MessageType.STEP_REQUESTED, StepRequested.class, headers, value);
  }

  public static HistoryRecord decodeHistory(Headers headers, byte[] value)
      throws UnreadableRecordException {
    return expect(MessageType.HISTORY, HistoryRecord.class, headers, value);
  }

  private static <T> T expect(MessageType expected, Class<T> as, Headers headers, byte[] value)
      throws UnreadableRecordException {
    MessageType type = typeOf(headers);
    if (type != expected) {
      throw new UnreadableRecordException(type.ceType() + " does not belong in this topic");
    }
    return read(type, as, value);
  }

  private static <T> T read(MessageType type, Class<T> as, byte[] value)
      throws UnreadableRecordException {
    if (value == null) {
      throw new UnreadableRecordException(type.ceType() + " without a value");
    }
    try {
      T message = JsonMapper.read(value, as);
      if (message == null) { // the document is the word null
        throw new UnreadableRecordException(type.ceType() + " is null");
      }
      return message;
    } catch (JsonProcessingException e) {
      throw new UnreadableRecordException(
          type.ceType() + " cannot be read: " + whatIsWrong(e) + placeOf(e));
    } catch (IOException e) {
      throw new UnreadableRecordException(type.ceType() + " cannot be read: not UTF-8 JSON");
    }
  }

  /** The original message quotes the document; only our own constructors' words may be told. */
  private static String whatIsWrong(JsonProcessingException e) {
    return e instanceof ValueInstantiationException
            && e.getCause() instanceof NullPointerException missing
            && missing.getMessage() != null
        ? "member '" + missing.getMessage() + "' is missing"
        : e.getClass().getSimpleName();
  }

  private static String placeOf(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static MessageType typeOf(Headers headers) throws UnreadableRecordException {
    Header header = headers.lastHeader(CE_TYPE);
    if (header == null || header.value() == null) {
      throw new UnreadableRecordException("no header " + CE_TYPE + ": not a CloudEvent");
    }
    String ceType = new String(header.value(), UTF_8);
    return MessageType.of(ceType)
        .orElseThrow(
            () ->
                new UnreadableRecordException(
                    "unknown " + CE_TYPE + " '" + printable(ceType) + "'"));
  }

  private static String printable(String text) {
    String shortened = text.length() > 100 ? text.substring(0, 100) + "…" : text;
    return shortened.replaceAll("[^ -~…]", "?");
  }

  private static Encoded encode(
      MessageType type, String key, String id, String ceSource, Object message) {
    return new Encoded(utf8(key), JsonMapper.write(message), headers(type, id, ceSource));
  }

  private static Headers headers(MessageType type, String id, String ceSource) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(new RecordHeader(CE_SPECVERSION, VERSION));
    headers.add(new RecordHeader(CE_TYPE, utf8(type.ceType())));
    headers.add(new RecordHeader(CE_SOURCE, utf8(ceSource)));
    headers.add(new RecordHeader(CE_ID, utf8(id)));
    headers.add(new RecordHeader(CONTENT_TYPE, JSON));
    return headers;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
