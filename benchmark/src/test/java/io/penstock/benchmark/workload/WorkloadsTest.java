package io.penstock.benchmark.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.schema.definition.Definition;
import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.DefinitionSet;
import io.penstock.schema.language.Located;
import io.penstock.schema.language.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.TypeConversionException;

class WorkloadsTest {
  @TempDir Path folder;

  static List<Workload> all() {
    return Workloads.all();
  }

  @Test
  void each_has_a_name_of_its_own_and_is_found_by_it() {
    assertThat(all()).extracting(Workload::name).doesNotHaveDuplicates();
    for (Workload workload : all()) {
      assertThat(new Workloads.ByName().convert(workload.name())).isSameAs(workload);
    }
  }

  @Test
  void a_name_that_nothing_has_is_told_with_those_that_there_are() {
    assertThatThrownBy(() -> new Workloads.ByName().convert("led"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'led'")
        .hasMessageContaining("payload-16k");
  }

  @ParameterizedTest
  @MethodSource("all")
  void definitions_can_be_read_and_call_the_world_that_they_are_given(Workload workload)
      throws Exception {
    WorkloadFiles.write(workload, folder, "http://127.0.0.1:4711");

    List<Located<Definition>> definitions = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain("9901");
        Reading reading =
            DefinitionReader.read(file.getFileName().toString(), Files.readAllBytes(file));
        assertThat(reading.problems()).as(file.toString()).isEmpty();
        definitions.addAll(reading.definitions());
      }
    }
    assertThat(DefinitionSet.of(definitions).problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("all")
  void bodies_are_json_and_name_the_lead(Workload workload) throws Exception {
    String body = workload.body().replace("{id}", "a-1").replace("{n}", "1");

    assertThat(new ObjectMapper().readTree(body).path("id").asText()).isEqualTo("a-1");
  }

  @Test
  void a_payload_is_as_large_as_its_name_says() {
    Workload large = new Workloads.ByName().convert("payload-128k");

    assertThat(large.body().getBytes(UTF_8).length).isBetween(128 * 1024, 128 * 1024 + 200);
  }
}
