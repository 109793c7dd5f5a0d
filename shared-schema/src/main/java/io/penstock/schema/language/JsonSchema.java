package io.penstock.schema.language;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import io.penstock.schema.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A JSON Schema (2020-12), compiled once; thread-safe. {@code format} is checked, not only noted.
 *
 * <p>A schema stands alone: references to other documents are refused, nothing is ever loaded.
 * Patterns are RE2's, which take linear time for any text, and so have no look-around and no
 * back-references.
 */
public final class JsonSchema {
  static final int MAX_BYTES = 64 * 1024;

  private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();
  private static final int MAX_VIOLATIONS = 50;
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          Dialect.builder(Dialects.getDraft202012()).format(new EmailFormat()).build(),
          builder ->
              builder
                  .schemaCacheEnabled(false)
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder()
                          .formatAssertionsEnabled(true)
                          .locale(Locale.ENGLISH)
                          .pathType(PathType.JSON_POINTER)
                          .preloadSchema(true)
                          .regularExpressionFactory(JsonSchema::linearTime)
                          .build()));
  private static final Schema META = REGISTRY.getSchema(SchemaLocation.of(DIALECT));

  private final Schema schema;

  private JsonSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * @throws IllegalArgumentException if it is no schema that {@link #problemsOf} finds good, which
   *     no definition that was read can hold
   */
  public static JsonSchema compile(Json schema) {
    List<Violation> problems = problemsOf(schema);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("no JSON Schema: " + problems.getFirst());
    }
    return new JsonSchema(REGISTRY.getSchema(JacksonTree.of(schema.value())));
  }

  /** What is wrong with a schema itself; empty if it can be compiled. */
  public static List<Violation> problemsOf(Json schema) {
    if (schema.sizeBytes() > MAX_BYTES) {
      return List.of(
          new Violation(
              "",
              "the schema has %d bytes, more than %d".formatted(schema.sizeBytes(), MAX_BYTES)));
    }
    List<Violation> problems = new ArrayList<>();
    findForeign(schema.value(), "", problems);
    if (problems.isEmpty()) {
      problems.addAll(violations(META, schema));
    }
    if (problems.isEmpty()) {
      try {
        REGISTRY.getSchema(JacksonTree.of(schema.value())).initializeValidators();
      } catch (SchemaException | PatternSyntaxException e) {
        problems.add(new Violation("", String.valueOf(e.getMessage())));
      }
    }
    return problems;
  }

  /**
   * Everything about a value that the schema forbids; empty if it is valid. Values are not shown.
   */
  public List<Violation> validate(Json value) {
    return violations(schema, value);
  }

  private static List<Violation> violations(Schema schema, Json value) {
    try {
      return schema.validate(JacksonTree.of(value.value())).stream()
          .limit(MAX_VIOLATIONS)
          .map(JsonSchema::violation)
          .toList();
    } catch (SchemaException e) {
      return List.of(new Violation("", "cannot be checked: " + e.getMessage()));
    } catch (StackOverflowError e) {
      return List.of(new Violation("", "cannot be checked: the schema refers to itself endlessly"));
    }
  }

  private static Violation violation(Error error) {
    return new Violation(error.getInstanceLocation().toString(), error.getMessage());
  }

  private static void findForeign(Object value, String pointer, List<Violation> problems) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        findForeign(list.get(i), pointer + "/" + i, problems);
      }
    }
    if (!(value instanceof Map<?, ?> map)) {
      return;
    }
    for (String keyword : List.of("$ref", "$dynamicRef")) {
      if (map.get(keyword) instanceof String reference && !reference.startsWith("#")) {
        problems.add(
            new Violation(
                pointer + "/" + keyword,
                "a schema refers only to its own parts, e.g. #/$defs/address"));
      }
    }
    if (map.get("$schema") instanceof String dialect && !dialect.equals(DIALECT)) {
      problems.add(new Violation(pointer + "/$schema", "write " + DIALECT + ", or leave it out"));
    }
    map.forEach((name, member) -> findForeign(member, pointer + "/" + name, problems));
  }

  private static com.networknt.schema.regex.RegularExpression linearTime(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return text -> pattern.matcher(text).find();
  }

  /**
   * @param pointer JSON pointer to the place; empty: the whole
   */
  public record Violation(String pointer, String message) {
    @Override
    public String toString() {
      return (pointer.isEmpty() ? "" : pointer + ": ") + message;
    }
  }
}
