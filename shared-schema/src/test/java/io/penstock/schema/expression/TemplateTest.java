package io.penstock.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.schema.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final Map<String, Object> CONTEXT = Map.of("input", input());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "plain text|plain text",
        "Lead {{ input.email }} has {{input.n}}!|Lead ada@example.com has 3!",
        " {{ input.n }}| 3",
        "{{ input.n }}{{ input.n }}|33",
        "{{ input.share }} of it|2.5 of it",
        "all: {{ input.list }}|all: [1,null]",
        "{{ input.none }} is null|null is null",
        "{{ \"}}\" }} braces|}} braces",
        "{{ '}}' + \"}}\" }} braces|}}}} braces",
        "{{ r'\\}}' }} raw|\\}} raw",
        "{{ '\\'}}' }} escaped|'}} escaped",
        "a {{ \"{{\" }} b|a {{ b",
        "{{ {'a': {'b': 1}}.a.b }} of an object|1 of an object",
        "{{ {'a':{'b':1}} }} as JSON|{\"a\":{\"b\":1}} as JSON",
        "}} alone|}} alone",
        "{ single }|{ single }",
        "{{ '''}}''' }} triple|}} triple",
      })
  void values_are_put_into_text(String source, String expected) throws Exception {
    assertThat(Template.compile(source).render(CONTEXT)).isEqualTo(expected);
  }

  @Test
  void a_string_that_is_one_expression_keeps_the_type_of_its_value() throws Exception {
    Template template =
        Template.compile(
            Map.of(
                "n", "{{ input.n }}", "list", List.of("{{input.list}}", 1L), "is", "{{ true }}"));
    assertThat(template.render(CONTEXT))
        .isEqualTo(Map.of("n", 3L, "list", List.of(Arrays.asList(1L, null), 1L), "is", true));
    assertThat(Template.compile("{{ input.none }}").render(CONTEXT)).isNull();
  }

  @Test
  void members_keep_their_order() throws Exception {
    Json source =
        Json.parse(
            "{\"z\":\"{{ input.n }}\",\"a\":{\"y\":1,\"b\":\"{{ input.n }}\"}}"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(Json.of(Template.compile(source).render(CONTEXT)).toString())
        .isEqualTo("{\"z\":3,\"a\":{\"y\":1,\"b\":3}}");
  }

  @Test
  void expression_syntax_in_data_is_data() throws Exception {
    Map<String, ?> hostile = Map.of("input", Map.of("email", "{{ input.secret }}", "secret", "s"));
    assertThat(Template.compile("to {{ input.email }}").render(hostile))
        .isEqualTo("to {{ input.secret }}");
    assertThat(Template.compile("{{ input.email }}").render(hostile))
        .isEqualTo("{{ input.secret }}");
  }

  @Test
  void names_of_members_are_never_expressions() throws Exception {
    assertThat(Template.compile(Map.of("{{ input.n }}", 1L)).render(CONTEXT))
        .isEqualTo(Map.of("{{ input.n }}", 1L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ab {{ input.n | 3 | never closed",
        "{{ \"}} | 0 | never closed",
        "ab {{ inputt.n }} | 6 | there is no variable 'inputt'",
        "{{ input.n }} {{   now() }} | 22 | there is no function 'now'",
        "{{ }} | 3 | is empty",
      })
  void a_mistake_is_reported_with_its_place_in_the_string(
      String source, int offset, String expected) {
    assertThatThrownBy(() -> Template.compile(source))
        .isInstanceOfSatisfying(
            ExpressionSyntaxException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessageContaining(expected);
  }

  @Test
  void a_missing_member_fails_the_whole() throws Exception {
    Template template = Template.compile(Map.of("a", "x {{ input.missing }}"));
    assertThatThrownBy(() -> template.render(CONTEXT))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("input.missing is not there");
  }

  @Test
  void only_values_are_encoded_in_an_address() throws Exception {
    Template path = Template.compile("/deals/{{ input.email }}/x y");
    assertThat(path.renderText(CONTEXT, value -> value.replace("@", "%40")))
        .isEqualTo("/deals/ada%40example.com/x y");
    assertThat(Template.compile("/deals").renderText(CONTEXT, value -> "!")).isEqualTo("/deals");
  }

  @Test
  void an_address_with_a_hole_is_refused() throws Exception {
    Template path = Template.compile("/deals/{{ input.none }}");
    assertThatThrownBy(() -> path.renderText(CONTEXT, value -> value))
        .isInstanceOf(ExpressionException.class)
        .hasMessage("cannot put 'input.none' into the text: it is null");
  }

  private static Map<String, Object> input() {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("email", "ada@example.com");
    input.put("n", 3L);
    input.put("share", 2.5);
    input.put("none", null);
    input.put("list", Arrays.asList(1L, null));
    return input;
  }
}
