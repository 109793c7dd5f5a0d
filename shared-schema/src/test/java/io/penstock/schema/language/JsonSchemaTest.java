package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
  private static final String LEAD =
      """
      {"type": "object", "required": ["email"], "additionalProperties": false,
       "properties": {"email": {"type": "string", "format": "email"},
                      "age": {"type": "integer", "minimum": 0},
                      "tags": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"}},
                      "parent": {"$ref": "#"}}}
      """;

  @Test
  void every_violation_is_reported_with_its_pointer() throws Exception {
    JsonSchema schema = JsonSchema.compile(json(LEAD));
    assertThat(schema.validate(json("{\"email\":\"a@b.example\",\"age\":3,\"tags\":[\"x\"]}")))
        .isEmpty();
    assertThat(
            schema.validate(
                json(
                    "{\"email\":\"secret-value\",\"age\":-1,\"tags\":[\"x\",\"SECRET\"],\"more\":1}")))
        .extracting(JsonSchema.Violation::pointer)
        .containsExactlyInAnyOrder("/email", "/age", "/tags/1", "");
  }

  @Test
  void a_violation_does_not_show_the_value() throws Exception {
    JsonSchema schema = JsonSchema.compile(json(LEAD));
    assertThat(
            schema.validate(
                json(
                    "{\"email\":\"top-secret\",\"age\":\"top-secret\",\"tags\":[\"top-secret\"]}")))
        .isNotEmpty()
        .allSatisfy(violation -> assertThat(violation.message()).doesNotContain("top-secret"));
  }

  @Test
  void a_whole_double_is_an_integer_and_big_numbers_keep_their_value() throws Exception {
    JsonSchema schema = JsonSchema.compile(json("{\"type\":\"integer\"}"));
    assertThat(schema.validate(json("3.0"))).isEmpty();
    assertThat(schema.validate(json("3.5"))).hasSize(1);
    assertThat(schema.validate(json("123456789012345678901234567890"))).isEmpty();
  }

  @Test
  void a_deep_value_is_checked_by_a_recursive_schema() throws Exception {
    JsonSchema schema = JsonSchema.compile(json(LEAD));
    String deep = "{\"email\":\"a@b.example\",\"parent\":".repeat(40) + "1" + "}".repeat(40);
    assertThat(schema.validate(json(deep)))
        .extracting(JsonSchema.Violation::pointer)
        .containsExactly("/parent".repeat(40));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"strng\"} | /type",
        "{\"properties\":{\"a\":{\"minLength\":-1}}} | /properties/a/minLength",
        "{\"required\":\"a\"} | /required",
        "{\"$ref\":\"http://127.0.0.1:1/schema.json\"} | /$ref",
        "{\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}} | /properties/a/$ref",
        "{\"$ref\":\"classpath:penstock.schema.json\"} | /$ref",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"} | /$schema",
        "{\"$ref\":\"#/$defs/nothing\"} | ``",
        "{\"pattern\":\"(\"} | /pattern",
        "{\"pattern\":\"(?=a)b\"} | /pattern",
      })
  void what_is_no_schema_is_refused_before_it_is_used(String schema, String pointer)
      throws Exception {
    List<JsonSchema.Violation> problems = JsonSchema.problemsOf(json(schema));
    assertThat(problems).extracting(JsonSchema.Violation::pointer).contains(pointer);
    assertThatThrownBy(() -> JsonSchema.compile(json(schema)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_schema_that_refers_to_itself_endlessly_harms_nobody() throws Exception {
    JsonSchema schema = JsonSchema.compile(json("{\"allOf\":[{\"$ref\":\"#\"}]}"));
    assertThat(schema.validate(json("{}")))
        .singleElement()
        .asString()
        .contains("cannot be checked");
  }

  @Test
  void a_pattern_takes_linear_time() throws Exception {
    JsonSchema schema = JsonSchema.compile(json("{\"pattern\":\"^(a+)+$\"}"));
    assertThat(schema.validate(Json.of("a".repeat(50_000) + "!"))).hasSize(1);
  }

  @Test
  void a_giant_schema_is_refused() {
    Json giant = Json.of(Map.of("description", "x".repeat(70_000)));
    assertThat(JsonSchema.problemsOf(giant)).singleElement().asString().contains("more than 65536");
  }

  private static Json json(String text) throws Exception {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
