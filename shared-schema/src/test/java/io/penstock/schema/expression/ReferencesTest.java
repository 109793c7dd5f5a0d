package io.penstock.schema.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "input.email | input.email",
        "steps.score.output.total > 25 && input.a | steps.score.output.total, input.a",
        "headers[\"x-y\"] | headers[\"x-y\"]",
        "steps['tell-sales'].output.id | steps[\"tell-sales\"].output.id",
        "input.items[0].price | input.items",
        "input.items[input.index].price | input.items, input.index",
        "input.items.map(item, item.price) | input.items",
        "input.items.filter(a, a.b == input.c && a.d.exists(e, e == a)) | input.items, input.c",
        "has(input.a.b) | input.a.b",
        "input.?a.?b.orValue(1) | input.a.b",
        "input[?'a'].orValue(vars.x) | input.a, vars.x",
        "size(steps) | steps",
        "[{'a': 1}].map(input, input.a) | ``",
        "[{'a': 1}].map(input, input.a) + input.b | input.b",
        "{'k': input.v}.k | input.v",
        "'a' + 'b' | ``",
        "input.name.startsWith(data.prefix) | input.name, data.prefix",
        "type == 'a' ? subject : source | type, subject, source",
      })
  void a_reference_is_the_path_that_stands_in_the_text(String source, String expected)
      throws Exception {
    List<String> found =
        Expression.compile(source).references().stream().map(Reference::toString).toList();
    assertThat(String.join(", ", found)).isEqualTo(expected);
  }

  @Test
  void a_template_has_the_references_of_all_its_expressions() throws Exception {
    Template template =
        Template.compile(
            List.of("{{ input.a }} and {{ input.b }}", java.util.Map.of("k", "{{ vars.c }}")));
    assertThat(template.references())
        .extracting(Reference::toString)
        .containsExactly("input.a", "input.b", "vars.c");
  }
}
