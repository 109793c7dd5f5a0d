package io.penstock.standalone.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionFolderTest {
  @TempDir Path folder;

  @Test
  void definitions_are_read_and_other_files_are_not() throws Exception {
    Files.writeString(folder.resolve("a.yaml"), "kind: Api");
    Files.writeString(folder.resolve("b.json"), "{}");
    Files.writeString(folder.resolve("README.md"), "no");
    Files.createDirectories(folder.resolve("below"));
    Files.writeString(folder.resolve("below/c.yaml"), "kind: Model");
    assertThat(DefinitionFolder.read(folder))
        .containsOnlyKeys(
            folder.resolve("a.yaml").toString(),
            folder.resolve("b.json").toString(),
            folder.resolve("below/c.yaml").toString())
        .containsValues("kind: Api", "kind: Model");
  }

  @Test
  void a_folder_without_definitions_is_a_mistake() {
    assertThatThrownBy(() -> DefinitionFolder.read(folder)).hasMessageContaining("no definitions");
    assertThatThrownBy(() -> DefinitionFolder.read(folder.resolve("x")))
        .hasMessageContaining("there is no folder");
  }
}
