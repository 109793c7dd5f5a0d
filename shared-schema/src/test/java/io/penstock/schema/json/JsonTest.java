package io.penstock.schema.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  record Carrier(String before, Json payload, String after) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Kind.class, name = "kind"))
  sealed interface Typed {}

  record Kind(Json payload, String after) implements Typed {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,{\"b\":null}],\"ü\":\"\\u20ac \\\" }\"}",
        "[]",
        "{}",
        "[[1.50],  [\"]\"]]",
        "\"text with \\\"quotes\\\"\"",
        "-12",
        "true",
        "null"
      })
  void a_payload_goes_through_a_message_unchanged(String payload) throws Exception {
    byte[] message =
        ("{\"before\":\"ä\",\"payload\":" + payload + ",\"after\":\"z\"}").getBytes(UTF_8);
    Carrier read = JsonMapper.read(message, Carrier.class);

    assertThat(read.after()).isEqualTo("z");
    assertThat(read.payload().value()).isEqualTo(Json.parse(payload.getBytes(UTF_8)).value());
    assertThat(JsonMapper.read(JsonMapper.write(read), Carrier.class)).isEqualTo(read);
    if (read.payload().value() instanceof Map || read.payload().value() instanceof List) {
      assertThat(read.payload()).hasToString(payload);
    }
  }

  @Test
  void a_payload_is_whole_even_where_the_type_comes_last() throws Exception {
    byte[] message =
        "{\"payload\":{\"x\":[1,2]},\"after\":\"z\",\"type\":\"kind\"}".getBytes(UTF_8);

    assertThat(JsonMapper.read(message, Typed.class))
        .isEqualTo(new Kind(json("{\"x\":[1,2]}"), "z"));
  }

  @Test
  void numbers_keep_their_kind() throws Exception {
    assertThat((List<?>) Json.parse("[1, 1.0, 9223372036854775808]".getBytes(UTF_8)).value())
        .isEqualTo(Arrays.asList(1L, 1.0, new BigInteger("9223372036854775808")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\":1,\"a\":2}",
        "[1] 2",
        "{'a':1}",
        "1e999",
        "NaN",
        "[1,]",
        "nul"
      })
  void what_is_not_one_json_value_is_refused(String text) {
    assertThatThrownBy(() -> Json.parse(text.getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void bytes_that_are_no_utf8_are_refused() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void a_payload_may_be_nested_so_deeply_that_it_still_fits_into_a_message() throws Exception {
    String deepest = "[".repeat(JsonMapper.MAX_PAYLOAD_DEPTH) + "]".repeat(64);
    Json json = Json.parse(deepest.getBytes(UTF_8));

    assertThat(JsonMapper.read(JsonMapper.write(new Carrier("", json, "")), Carrier.class))
        .isEqualTo(new Carrier("", json, ""));
    assertThatThrownBy(() -> Json.parse(("[" + deepest + "]").getBytes(UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void a_slice_has_the_named_parts_in_their_places_and_nothing_else() {
    Json whole = json("{\"a\":{\"b\":1,\"c\":{\"d\":2,\"e\":3}},\"f\":[1],\"g\":null}");

    assertThat(whole.slice(List.of(List.of("a", "c", "d"), List.of("g"))))
        .hasToString("{\"a\":{\"c\":{\"d\":2}},\"g\":null}");
    assertThat(whole.slice(List.of(List.of("a", "b"), List.of("a"))))
        .hasToString("{\"a\":{\"b\":1,\"c\":{\"d\":2,\"e\":3}}}");
    assertThat(whole.slice(List.of(List.of("a"), List.of("a", "b"))))
        .hasToString("{\"a\":{\"b\":1,\"c\":{\"d\":2,\"e\":3}}}");
    assertThat(whole.slice(List.of(List.of("f", "x"), List.of("none"))))
        .as("what an expression would trip over stays as it is")
        .hasToString("{\"f\":[1]}");
    assertThat(whole.slice(List.of(List.of()))).isSameAs(whole);
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }
}
