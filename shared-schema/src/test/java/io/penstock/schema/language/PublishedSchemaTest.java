package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The reader and the schema that editors use say the same. */
class PublishedSchemaTest {
  private static final Json SCHEMA = schema();
  private static final JsonSchema COMPILED = JsonSchema.compile(SCHEMA);

  @Test
  void what_the_reader_takes_the_schema_takes() throws Exception {
    List<String> texts = new ArrayList<>(Documents.examples());
    texts.addAll(Documents.templates());
    assertThat(texts).hasSizeGreaterThan(10);
    for (String yaml : texts) {
      for (Json document : Documents.plain(yaml)) {
        assertThat(COMPILED.validate(document)).as(yaml).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/definitions/invalid-definitions.csv",
      delimiter = '|',
      quoteCharacter = '`',
      numLinesToSkip = 1,
      maxCharsPerColumn = 10_000)
  void what_the_reader_refuses_the_schema_refuses_where_a_schema_can(
      String mistake, String yaml, String path, String expected, boolean schemaSees)
      throws Exception {
    List<JsonSchema.Violation> violations = COMPILED.validate(Documents.plain(yaml).getFirst());
    if (schemaSees) {
      assertThat(violations).as(mistake).isNotEmpty();
    } else {
      assertThat(violations).as(mistake).isEmpty();
    }
  }

  @Test
  void every_field_is_described() {
    List<String> bare = new ArrayList<>();
    findBare(SCHEMA.value(), "", false, bare);
    assertThat(bare).isEmpty();
  }

  /** Members of {@code properties} that a person sees in an editor without a word about them. */
  private static void findBare(
      Object value, String pointer, boolean isProperties, List<String> bare) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        findBare(list.get(i), pointer + "/" + i, false, bare);
      }
    }
    if (!(value instanceof Map<?, ?> map)) {
      return;
    }
    boolean conditional = pointer.contains("/if") || pointer.contains("/oneOf");
    map.forEach(
        (name, member) -> {
          if (isProperties
              && !conditional
              && member instanceof Map<?, ?> field
              && !field.containsKey("description")
              && !field.containsKey("$ref")
              && !field.containsKey("required")) {
            bare.add(pointer + "/" + name);
          }
          findBare(member, pointer + "/" + name, name.equals("properties"), bare);
        });
  }

  private static Json schema() {
    try (InputStream in =
        PublishedSchemaTest.class.getResourceAsStream("/io/penstock/schema/penstock.schema.json")) {
      return Json.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
