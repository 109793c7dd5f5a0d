package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Definition;
import io.penstock.schema.message.ErrorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LanguageDocumentTest {
  private static final Pattern ERROR_ROW =
      Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| (yes|no) \\|$");

  @Test
  void every_example_is_valid_and_together_they_fit() throws Exception {
    List<Located<Definition>> all = new ArrayList<>();
    for (String block : Documents.examples()) {
      Reading reading =
          DefinitionReader.read("workflow-language.md", block.getBytes(StandardCharsets.UTF_8));
      assertThat(reading.problems()).as(block).isEmpty();
      all.addAll(reading.definitions());
    }
    assertThat(all).hasSizeGreaterThan(12);
    assertThat(DefinitionSet.of(all).problems()).isEmpty();
  }

  @Test
  void every_error_type_is_listed_with_its_rule() throws Exception {
    List<String> listed = new ArrayList<>();
    Matcher row = ERROR_ROW.matcher(Files.readString(Documents.LANGUAGE));
    while (row.find()) {
      listed.add(row.group(1) + " " + row.group(2));
    }
    assertThat(listed)
        .containsExactlyElementsOf(
            Arrays.stream(ErrorType.values())
                .map(type -> type.id() + " " + (type.retriableByDefault() ? "yes" : "no"))
                .toList());
  }
}
