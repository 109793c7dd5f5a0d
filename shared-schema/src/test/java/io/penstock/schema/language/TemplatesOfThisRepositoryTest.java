package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatesOfThisRepositoryTest {
  static List<Path> templates() throws IOException {
    try (Stream<Path> folders = Files.list(Documents.TEMPLATES)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void it_is_valid_as_a_whole_and_travels_unchanged(Path template) throws Exception {
    List<Located<Definition>> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(template)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
        all.addAll(definitions(file));
      }
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(7);
    assertThat(DefinitionSet.of(all).problems()).isEmpty();
    for (Located<Definition> written : all) {
      assertThat(DefinitionReader.fromJson(written.json().utf8())).isEqualTo(written.definition());
    }
  }

  private static List<Located<Definition>> definitions(Path file) throws IOException {
    Reading reading = DefinitionReader.read(file.toString(), Files.readAllBytes(file));
    assertThat(reading.problems()).isEmpty();
    return reading.definitions();
  }
}
