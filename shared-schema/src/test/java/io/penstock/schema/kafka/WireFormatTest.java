package io.penstock.schema.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.penstock.schema.message.Fact;
import io.penstock.schema.message.HistoryRecord;
import io.penstock.schema.message.Input;
import io.penstock.schema.message.StepRequested;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden samples of everything on the wire. A released sample is never edited: if one goes red, the
 * change needs a new message type. New samples are written with {@code -Dpenstock.golden=write}.
 */
class WireFormatTest {
  private static final Path GOLDEN = Path.of("src/test/resources/messages/v1");

  @ParameterizedTest
  @MethodSource("names")
  void a_message_is_written_as_its_golden_sample(String name) throws IOException {
    String written = text(encode(WireSamples.all().get(name)));
    Path golden = GOLDEN.resolve(name + ".txt");
    if ("write".equals(System.getProperty("penstock.golden")) && Files.notExists(golden)) {
      Files.writeString(golden, written);
    }

    assertThat(written).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_golden_sample_is_read_as_the_message_it_was(String name) throws Exception {
    Encoded golden = read(Files.readString(GOLDEN.resolve(name + ".txt")));
    Object message = WireSamples.all().get(name);

    assertThat(decode(golden, message.getClass())).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("names")
  void the_cloudevents_sdk_understands_it(String name) {
    Encoded encoded = encode(WireSamples.all().get(name));
    CloudEvent event;
    try (CloudEventDeserializer sdk = new CloudEventDeserializer()) {
      event = sdk.deserialize("any", encoded.headers(), encoded.value());
    }

    assertThat(event.getType()).startsWith("io.penstock.").endsWith(".v1");
    assertThat(event.getSource().toString()).startsWith("/");
    assertThat(event.getId()).isNotEmpty();
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getData().toBytes()).isEqualTo(encoded.value());
  }

  @Test
  void every_kind_of_fact_has_a_sample() {
    Set<Class<?>> sampled =
        WireSamples.all().values().stream()
            .filter(HistoryRecord.class::isInstance)
            .flatMap(history -> ((HistoryRecord) history).facts().stream())
            .map(Object::getClass)
            .collect(Collectors.toSet());

    assertThat(sampled).isEqualTo(Set.of(Fact.class.getPermittedSubclasses()));
  }

  @Test
  void an_unknown_member_of_a_newer_writer_is_skipped() throws Exception {
    Encoded encoded = encode(WireSamples.all().get("timer-due"));
    byte[] newer =
        new String(encoded.value(), UTF_8)
            .replaceFirst("\\{", "{\"new\":{\"a\":[1]},")
            .getBytes(UTF_8);

    assertThat(MessageCodec.decodeInput(encoded.headers(), newer))
        .isEqualTo(WireSamples.all().get("timer-due"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_message_without_one_of_its_members_is_whole_or_refused(String name) throws Exception {
    Object message = WireSamples.all().get(name);
    Encoded encoded = encode(message);
    assertWholeOrRefused(message.getClass(), encoded, "{}");
    assertWholeOrRefused(message.getClass(), encoded, "null");
    JsonNode tree = new ObjectMapper().readTree(encoded.value());
    for (String member : (Iterable<String>) tree::fieldNames) {
      ObjectNode without = tree.deepCopy();
      without.remove(member);
      assertWholeOrRefused(message.getClass(), encoded, without.toString());
      ObjectNode withNull = tree.deepCopy();
      withNull.putNull(member);
      assertWholeOrRefused(message.getClass(), encoded, withNull.toString());
    }
  }

  @Test
  void a_timer_that_no_store_can_hold_is_refused() {
    Encoded timer = encode(WireSamples.all().get("timer-due"));
    String never = "{\"execution\":\"lead~x\",\"due\":\"" + Instant.MAX + "\"}";

    assertRefused(timer.headers(), never.getBytes(UTF_8), "cannot be read");
  }

  private static void assertWholeOrRefused(Class<?> type, Encoded sample, String value)
      throws ReflectiveOperationException {
    Object read;
    try {
      read = decode(new Encoded(sample.key(), value.getBytes(UTF_8), sample.headers()), type);
    } catch (UnreadableRecordException e) {
      return;
    }
    assertNothingIsNull(read);
  }

  private static void assertNothingIsNull(Object value) throws ReflectiveOperationException {
    assertThat(value).isNotNull();
    if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        assertNothingIsNull(component.getAccessor().invoke(value));
      }
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        assertNothingIsNull(item);
      }
    }
  }

  @Test
  void what_is_none_of_our_messages_is_refused_without_quoting_it() {
    Encoded timer = encode(WireSamples.all().get("timer-due"));
    Encoded command = encode(WireSamples.all().get("step-requested"));
    byte[] secret = "{\"execution\":\"lead~x\",\"due\":\"hunter2\"}".getBytes(UTF_8);

    assertRefused(new RecordHeaders(), timer.value(), "no header ce_type");
    assertRefused(timer.headers(), null, "without a value");
    assertRefused(timer.headers(), new byte[] {(byte) 0xff, 0}, "cannot be read");
    assertRefused(timer.headers(), secret, "cannot be read");
    assertRefused(timer.headers(), "{\"execution\":\"nokey\"}".getBytes(UTF_8), "cannot be read");
    assertRefused(timer.headers(), "[]".getBytes(UTF_8), "cannot be read");
    assertRefused(timer.headers(), "{}".getBytes(UTF_8), "member 'execution' is missing");
    assertRefused(timer.headers(), "[".repeat(5_000).getBytes(UTF_8), "cannot be read");
    assertRefused(command.headers(), command.value(), "does not belong in this topic");
    RecordHeaders strange = new RecordHeaders();
    strange.add("ce_type", "io.other\u0007.v1".getBytes(UTF_8));
    assertRefused(strange, timer.value(), "unknown ce_type 'io.other?.v1'");
  }

  private static void assertRefused(Headers headers, byte[] value, String why) {
    assertThatThrownBy(() -> MessageCodec.decodeInput(headers, value))
        .isInstanceOf(UnreadableRecordException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("hunter2");
  }

  static Stream<String> names() {
    return WireSamples.all().keySet().stream();
  }

  private static Encoded encode(Object message) {
    return switch (message) {
      case Input input -> MessageCodec.encode(input, "/penstock/test");
      case StepRequested command -> MessageCodec.encode(command);
      case HistoryRecord history -> MessageCodec.encode(history);
      default -> throw new IllegalArgumentException(message.getClass().getName());
    };
  }

  private static Object decode(Encoded encoded, Class<?> type) throws UnreadableRecordException {
    if (type == StepRequested.class) {
      return MessageCodec.decodeStepRequested(encoded.headers(), encoded.value());
    }
    if (type == HistoryRecord.class) {
      return MessageCodec.decodeHistory(encoded.headers(), encoded.value());
    }
    return MessageCodec.decodeInput(encoded.headers(), encoded.value());
  }

  /** Headers, the key and the value, each on a line. */
  private static String text(Encoded encoded) {
    StringBuilder text = new StringBuilder();
    for (Header header : encoded.headers()) {
      text.append(header.key()).append(": ").append(new String(header.value(), UTF_8)).append('\n');
    }
    text.append('\n').append(new String(encoded.key(), UTF_8)).append('\n');
    return text.append(new String(encoded.value(), UTF_8)).append('\n').toString();
  }

  private static Encoded read(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    int empty = lines.indexOf("");
    RecordHeaders headers = new RecordHeaders();
    for (String line : lines.subList(0, empty)) {
      int colon = line.indexOf(": ");
      headers.add(line.substring(0, colon), line.substring(colon + 2).getBytes(UTF_8));
    }
    return new Encoded(
        lines.get(empty + 1).getBytes(UTF_8), lines.get(empty + 2).getBytes(UTF_8), headers);
  }
}
