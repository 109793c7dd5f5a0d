package io.penstock.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  private static final String CONTEXT =
      """
      {"input": {"email": "ada@example.com", "employees": 26, "share": 25.5, "whole": 26.0,
                 "phone": null, "tags": ["a", "b", null], "big": 123456789012345678901234567890,
                 "x-y": 1, "nested": {"deep": {"down": true}}},
       "steps": {"tell-sales": {"output": {"total": 7}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input.employees > 25 | true",
        "input.share > 25 | true",
        "input.share > 25.4 | true",
        "input.employees == 26.0 | true",
        "input.whole == 26 | true",
        "input.phone == null | true",
        "has(input.phone) | true",
        "has(input.fax) | false",
        "'email' in input | true",
        "input.email.endsWith('@example.com') | true",
        "input.email.matches('^[a-z]+@') | true",
        "input.nested.deep.down | true",
        "input['x-y'] == 1 | true",
        "steps[\"tell-sales\"].output.total == 7 | true",
        "input.tags.exists(tag, tag == 'b') | true",
        "input.tags.exists(tag, tag == null) | true",
        "input.tags == ['a', 'b', null] | true",
        "input.nested == {'deep': {'down': true}} | true",
        "input.?fax.orValue('none') == 'none' | true",
        "input.?phone.hasValue() | true",
        "math.greatest(input.employees, 3) == 26 | true",
        "input.email.split('@')[1] == 'example.com' | true",
        "[3, 1, 2].sort() == [1, 2, 3] | true",
        "size(input.tags) == 3 && input.tags[0] == 'a' | true",
        "`input.fax == '1' || true` | true",
      })
  void conditions_compare_as_people_expect(String source, boolean expected) throws Exception {
    assertThat(Expression.compile(source).test(context())).isEqualTo(expected);
  }

  @Test
  void results_are_plain_data() throws Exception {
    assertThat(evaluate("input.employees")).isEqualTo(26L);
    assertThat(evaluate("input.share")).isEqualTo(25.5);
    assertThat(evaluate("input.phone")).isNull();
    assertThat(evaluate("null")).isNull();
    assertThat(evaluate("3u")).isEqualTo(3L);
    assertThat(evaluate("input.tags")).isEqualTo(context().get("input") == null ? null : tags());
    assertThat(evaluate("input.tags.map(tag, tag != null)")).isEqualTo(List.of(true, true, false));
    assertThat(evaluate("timestamp('2026-01-02T03:04:05Z')")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(evaluate("duration('90s')")).isEqualTo("PT1M30S");
    assertThat(evaluate("input.big")).isEqualTo(new java.math.BigInteger("1234567890".repeat(3)));
    assertThat(((Map<?, ?>) evaluate("{'z': 1, 'a': [null]}")).toString())
        .isEqualTo("{z=1, a=[null]}");
  }

  @Test
  void a_result_cannot_be_changed() throws Exception {
    Object list = evaluate("[1, 2]");
    assertThatThrownBy(() -> ((List<?>) list).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input.fax | input.fax is not there ('input' has no such member)",
        "input.nested.x.y | input.nested.x is not there ('input.nested' has no such member)",
        "input['y-z'] | input[\"y-z\"] is not there",
        "input.email.domain | input.email.domain is not there: 'input.email' is text",
        "input.phone.prefix | 'input.phone' is null",
        "steps.other.output | steps.other is not there",
        "error.type | there is no 'error' here",
        "error | there is no 'error' here",
        "input.tags[7] | fewer elements",
        "input.tags.map(tag, tag.name) | goes through is not there",
        "input.share + 1 | convert with int(…), double(…)",
        "input.phone + 'x' | ('input.phone' is null)",
        "1 / (input.employees - 26) | divides by zero",
        "9223372036854775807 + input.employees | out of range",
        "int(input.email) | does not have the type or form",
        "b'bytes' | no JSON value",
        "optional.none() | .orValue(…)",
        "1.0 / 0.0 | no finite number",
        "{1: 2} | a name that is no text",
        "type(1) | no JSON value",
      })
  void a_failure_says_what_is_missing(String source, String expected) throws Exception {
    Expression expression = Expression.compile(source);
    assertThatThrownBy(() -> expression.evaluate(context()))
        .isInstanceOf(ExpressionException.class)
        .hasMessageStartingWith("cannot evaluate '" + source + "': ")
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input && true",
        "input.email + 1",
        "int(input.email)",
        "input[input.email]",
        "timestamp(input.email)",
        "input.email.matches('(')",
        "input.email.substring(99)",
        "duration(input.email)",
        "{'a': 1, 'a': 2}",
      })
  void a_failure_never_shows_data(String source) throws Exception {
    Expression expression = Expression.compile(source);
    assertThatThrownBy(() -> expression.evaluate(context()))
        .isInstanceOf(ExpressionException.class)
        .hasMessageNotContaining("ada@example.com");
  }

  @Test
  void a_condition_must_be_true_or_false() throws Exception {
    Expression expression = Expression.compile("input.email");
    assertThatThrownBy(() -> expression.test(context()))
        .isInstanceOf(ExpressionException.class)
        .hasMessage(
            "cannot evaluate 'input.email': a condition must be true or false, the result is text");
    assertThat(expression.canBeCondition()).isTrue();
    assertThat(Expression.compile("'a' + 'b'").canBeCondition()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "inputt.email | 0 | there is no variable 'inputt'; there are input, steps,",
        "input.email == ada | 15 | there is no variable 'ada'",
        "now() | 3 | there is no function 'now'",
        "input.email.sum() | 15 | there is no function 'sum'",
        "steps.tell-sales.output | 11 | steps[\"tell-sales\"].output",
        "input. | 6 | name is expected after '.'",
        "input.in == 1 | 6 | input[\"in\"]",
        "if | 0 | reserved word",
        "1 + | 3 | ends too early",
        "input.a input.b | 8 | 'input' is not expected here",
        "'a' + 1 | 4 | '+' cannot be applied to string, int",
        "input.a ? 'x' : 1 | 8 | of one type",
        "'abc | 0 | no closing quote",
        "'😀' + zz | 7 | there is no variable 'zz'",
      })
  void a_mistake_is_reported_with_its_place_and_a_remedy(
      String source, int offset, String expected) {
    assertThatThrownBy(() -> Expression.compile(source))
        .isInstanceOfSatisfying(
            ExpressionSyntaxException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessageContaining(expected);
  }

  @Test
  void an_empty_expression_is_refused() {
    assertThatThrownBy(() -> Expression.compile("  "))
        .isInstanceOf(ExpressionSyntaxException.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void the_place_of_a_mistake_in_the_second_line_is_counted_from_the_start() {
    assertThatThrownBy(() -> Expression.compile("input.a &&\n  oops"))
        .isInstanceOfSatisfying(
            ExpressionSyntaxException.class, e -> assertThat(e.offset()).isEqualTo(13));
  }

  @Test
  void work_is_bounded() throws Exception {
    String nested = "lists.range(200).map(a, lists.range(200).map(b, a * b))";
    Expression loops = Expression.compile(nested);
    assertThatThrownBy(() -> loops.evaluate(Map.of()))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more than 10000 elements");
    Expression regex = Expression.compile("'a'.matches('((a{100}){100}){100}')");
    assertThatThrownBy(() -> regex.evaluate(Map.of())).isInstanceOf(ExpressionException.class);
    assertThatThrownBy(() -> Expression.compile("'" + "a".repeat(5_000) + "'"))
        .isInstanceOf(ExpressionSyntaxException.class);
    assertThatThrownBy(() -> Expression.compile("(".repeat(500) + "1" + ")".repeat(500)))
        .isInstanceOf(ExpressionSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'aa'.replace('a', 'bb') | bbbb",
        "'aaa'.replace('a', 'b', 2) | bba",
        "'aaa'.replace('a', 'b', 0) | aaa",
        "'aaa'.replace('a', 'b', -1) | bbb",
        "'ab'.replace('', '_') | _a_b_",
        "'a.c'.replace('.', '$1') | a$1c",
        "['', 'b', 'c'].join('-') | -b-c",
        "['a', 'b'].join() | ab",
        "input.email + '!' | ada@example.com!",
        "string(size([1] + [2, 3])) | 3",
        "string(7 / 2) | 3",
        "string(input.share + 1.0) | 26.5",
        "string(double(input.employees) + 0.5) | 26.5",
        "has(input.fax) ? input.fax : 'none' | none",
        "input.?phone.orValue(null) != null ? 'there' : 'null' | null",
        "true ? dyn('a') : dyn(1) | a",
      })
  void texts_and_numbers_are_put_together(String source, String expected) throws Exception {
    assertThat(evaluate(source)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a'REPLACE | a text grows over 1048576 characters",
        "['a']PLUS | a text grows over 1048576 characters",
        "[[1]]PLUS | a list grows over 100000 elements",
        "[1]PAIR | larger than 100000 values",
      })
  void growth_is_bounded(String source, String expected) throws Exception {
    Expression bomb =
        Expression.compile(
            source
                .replace("REPLACE", ".replace('a', 'aa')".repeat(40))
                .replace("PLUS", ".map(x, x + x)".repeat(30))
                .replace("PAIR", ".map(x, [x, x])".repeat(30)));
    assertThatThrownBy(() -> bomb.evaluate(Map.of()))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void expressions_are_equal_when_their_text_is() throws Exception {
    assertThat(Expression.compile("input.a")).isEqualTo(Expression.compile("input.a"));
    assertThat(Expression.compile("input.a")).isNotEqualTo(Expression.compile("input.b"));
  }

  private static Object tags() throws Exception {
    return ((Map<?, ?>) context().get("input")).get("tags");
  }

  @Test
  void a_place_may_have_variables_of_its_own() throws Exception {
    Expression expression =
        Expression.compile(
            "contact.name + lines.map(contact, contact.n)[0]", List.of("contact", "lines"));
    Map<String, Object> context =
        Map.of("contact", Map.of("name", "Ada "), "lines", List.of(Map.of("n", "one")));

    assertThat(expression.evaluate(context)).isEqualTo("Ada one");
    assertThat(expression.references())
        .extracting(Reference::toString)
        .containsExactly("contact.name", "lines");
    assertThatThrownBy(() -> expression.evaluate(Map.of("contact", Map.of(), "lines", List.of())))
        .hasMessageContaining("contact.name is not there");
  }

  @Test
  void a_variable_of_one_place_is_unknown_in_another() {
    assertThatThrownBy(() -> Expression.compile("contact.name"))
        .hasMessageContaining("there is no variable 'contact'; there are input, steps");
    assertThatThrownBy(() -> Expression.compile("contac.name", List.of("contact")))
        .hasMessageContaining("there are contact, input, steps");
  }

  @Test
  void what_can_never_be_a_list_is_known() throws Exception {
    assertThat(Expression.compile("input.a").canBeList()).isTrue();
    assertThat(Expression.compile("input.?a.orValue([])").canBeList()).isTrue();
    assertThat(Expression.compile("[1, 2]").canBeList()).isTrue();
    assertThat(Expression.compile("input.?a").canBeList()).isFalse();
    assertThat(Expression.compile("size(input)").canBeList()).isFalse();
  }

  private static Object evaluate(String source) throws Exception {
    return Expression.compile(source).evaluate(context());
  }

  @SuppressWarnings("unchecked") // an object of JSON
  private static Map<String, Object> context() throws Exception {
    return (Map<String, Object>) Json.parse(CONTEXT.getBytes(StandardCharsets.UTF_8)).value();
  }
}
