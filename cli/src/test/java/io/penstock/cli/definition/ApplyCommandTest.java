package io.penstock.cli.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.FakeServer;
import io.penstock.cli.Penstock;
import io.penstock.schema.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
  private static final String APPLIED =
      """
      {"definitions":[
        {"kind":"Workflow","name":"lead","version":"1.0.0","result":"created"},
        {"kind":"Api","name":"apollo","result":"unchanged"}],"waitingFor":[]}""";

  @TempDir private Path directory;

  @Test
  void all_files_go_in_one_request_and_each_definition_is_answered_for() throws Exception {
    Files.writeString(directory.resolve("b.yaml"), "kind: Api\n");
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");
    try (FakeServer server = new FakeServer(200, APPLIED)) {
      Penstock result = apply(server);

      assertThat(result.out()).isEqualTo("Workflow lead@1.0.0 created\nApi apollo unchanged\n");
      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      assertThat(server.requests()).containsExactly("POST /definitions");
      Json sent = Json.parse(server.bodies().getFirst().getBytes(UTF_8));
      assertThat(sent.at("files")).asString().contains("a.yaml", "kind: Workflow", "b.yaml");
    }
  }

  @Test
  void problems_are_told_with_their_places() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");
    String body =
        """
        {"title":"The definitions are not valid","status":422,"detail":"nothing was applied: 1 problem(s)",
         "problems":[{"file":"a.yaml","line":3,"column":5,"path":"/steps/0","message":"no step 'x'"}]}""";
    try (FakeServer server = new FakeServer(422, body)) {
      Penstock result = apply(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .isEqualTo(
              """
              a.yaml:3:5: no step 'x' (at /steps/0)
              cannot apply the definitions: nothing was applied: 1 problem(s) (HTTP 422)
              """);
    }
  }

  @Test
  void a_version_that_exists_with_other_content_is_a_conflict() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");
    try (FakeServer server =
        new FakeServer(409, "{\"status\":409,\"detail\":\"Workflow lead@1.0.0 is immutable\"}")) {
      Penstock result = apply(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.CONFLICT);
      assertThat(result.err()).contains("Workflow lead@1.0.0 is immutable");
    }
  }

  @Test
  void readers_that_are_not_there_yet_are_named_and_the_time_is_up() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");
    try (FakeServer server =
        new FakeServer(202, "{\"definitions\":[],\"waitingFor\":[\"orchestrator-7\"]}")) {
      Penstock result = apply(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(result.err()).contains("orchestrator-7");
    }
  }

  @Test
  void no_server_is_told_with_its_address_and_what_to_do() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String url = "http://127.0.0.1:" + port;

    Penstock result = Penstock.run("apply", "-f", directory.toString(), "--server", url);

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
    assertThat(result.err()).contains(url, "penstock dev", "--server");
  }

  @Test
  void an_address_that_is_none_is_a_mistake_of_the_caller() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");

    Penstock result = Penstock.run("apply", "-f", directory.toString(), "--server", "localhost");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("'localhost'", "http://127.0.0.1:8080");
  }

  @Test
  void somebody_else_on_the_port_is_not_taken_for_a_server() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), "kind: Workflow\n");
    try (FakeServer server = new FakeServer(200, "<html>\u001b[2J</html>")) {
      Penstock result = apply(server);

      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(result.err()).contains("is this a Penstock server?").doesNotContain("\u001b");
    }
  }

  private Penstock apply(FakeServer server) {
    return Penstock.run("apply", "-f", directory.toString(), "--server", server.url());
  }
}
