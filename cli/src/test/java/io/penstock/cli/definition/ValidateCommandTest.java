package io.penstock.cli.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
  private static final String API =
      """
      kind: Api
      name: apollo
      baseUrl: https://api.example.com
      """;

  @TempDir private Path directory;

  @Test
  void right_definitions_are_counted() throws IOException {
    Files.writeString(directory.resolve("api.yaml"), API);
    Files.writeString(directory.resolve("readme.md"), "no definition");
    Files.createDirectories(directory.resolve(".git"));
    Files.writeString(directory.resolve(".git/x.yaml"), "no: definition");

    Penstock result = Penstock.run("validate", directory.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("1 definition in 1 file, 0 problems\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void a_problem_is_told_with_its_place_on_stderr() throws IOException {
    Path file = directory.resolve("api.yaml");
    Files.writeString(file, API + "tmeout: 3s\n");

    Penstock result = Penstock.run("validate", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines().findFirst().orElseThrow())
        .startsWith(file + ":4:1: ")
        .contains("tmeout");
    assertThat(result.err()).contains("0 definitions in 1 file, 1 problem");
  }

  @Test
  void definitions_that_do_not_fit_together_are_a_problem() throws IOException {
    Files.writeString(directory.resolve("api.yaml"), API);
    Path workflow = directory.resolve("lead.yaml");
    Files.writeString(
        workflow,
        """
        kind: Workflow
        name: lead
        version: 1.0.0
        steps:
          - id: company
            enrich: {api: apolo, request: {method: GET, path: /people}}
        """);

    Penstock result = Penstock.run("validate", directory.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
    assertThat(result.err()).startsWith(workflow + ":6:").contains("apolo", "apollo");
  }

  @Test
  void a_program_gets_json() throws Exception {
    Path file = directory.resolve("api.yaml");
    Files.writeString(file, API + "tmeout: 3s\n");

    Penstock result = Penstock.run("validate", "-o", "json", file.toString());

    Json body = Json.parse(result.out().strip().getBytes(StandardCharsets.UTF_8));
    assertThat(body.at("valid")).isEqualTo(false);
    assertThat(body.at("problems")).asString().contains("line=4");
    assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
  }

  @Test
  void a_file_that_is_not_there_is_a_mistake_of_the_caller() {
    Penstock result = Penstock.run("validate", directory.resolve("missing.yaml").toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("missing.yaml", "no such file");
  }

  @Test
  void a_directory_without_definitions_is_a_mistake_of_the_caller() {
    Penstock result = Penstock.run("validate", directory.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(directory.toString(), ".yaml");
  }
}
