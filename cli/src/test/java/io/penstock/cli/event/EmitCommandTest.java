package io.penstock.cli.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.Penstock;
import io.penstock.cli.ScriptedServer;
import io.penstock.cli.ScriptedServer.Asked;
import io.penstock.cli.ScriptedServer.Said;
import io.penstock.schema.json.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitCommandTest {
  private static final String AWAY = "{\"status\":503,\"retry\":true,\"detail\":\"starting\"}";

  @TempDir private Path directory;

  @Test
  void options_become_a_cloud_event_and_its_executions_are_named() throws Exception {
    try (ScriptedServer server = new ScriptedServer(EmitCommandTest::accept)) {
      Penstock result =
          emit(
              server,
              "--source",
              "/shop",
              "--type",
              "order.paid",
              "--id",
              "s-1",
              "--subject",
              "order 7",
              "--time",
              "2026-11-22T14:00:00Z",
              "--partition-key",
              "ann",
              "--data",
              "{\"total\":5}");

      assertThat(result.out()).isEqualTo("EVENT  EXECUTION\ns-1    lead~s-1\n");
      assertThat(result.err()).isEmpty();
      assertThat(result.exitCode()).isZero();
      Asked asked = server.requests().getFirst();
      assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /events");
      assertThat(asked.contentType()).isEqualTo("application/cloudevents+json");
      assertThat(Json.parse(asked.body().getBytes(UTF_8)).value())
          .isEqualTo(
              Map.of(
                  "specversion",
                  "1.0",
                  "source",
                  "/shop",
                  "id",
                  "s-1",
                  "type",
                  "order.paid",
                  "subject",
                  "order 7",
                  "time",
                  "2026-11-22T14:00:00Z",
                  "partitionkey",
                  "ann",
                  "datacontenttype",
                  "application/json",
                  "data",
                  Map.of("total", 5L)));
    }
  }

  @Test
  void a_generated_id_is_told_before_it_is_needed() throws Exception {
    try (ScriptedServer server = new ScriptedServer(asked -> Said.of(422, "{\"detail\":\"x\"}"))) {
      Penstock result = emit(server, "--source", "/shop", "--type", "order.paid");

      String id = (String) Json.parse(server.requests().getFirst().body().getBytes(UTF_8)).at("id");
      assertThat(id).hasSizeGreaterThan(20);
      assertThat(result.err().lines().findFirst().orElseThrow()).contains(id, "--id");
    }
  }

  @Test
  void data_comes_from_a_file_or_from_stdin() throws Exception {
    Path file = directory.resolve("order.json");
    Files.writeString(file, "{\"total\":7}");
    try (ScriptedServer server = new ScriptedServer(EmitCommandTest::accept)) {
      emit(server, "--source", "/s", "--type", "t", "--id", "1", "--data", "@" + file);
      withStdin(
          "{\"total\":8}",
          () -> emit(server, "--source", "/s", "--type", "t", "--id", "2", "--data", "-"));

      assertThat(server.requests().get(0).body()).contains("\"data\":{\"total\":7}");
      assertThat(server.requests().get(1).body()).contains("\"data\":{\"total\":8}");
    }
  }

  @Test
  void whole_events_come_from_a_file_one_or_an_array_or_one_in_each_line() throws Exception {
    String one = "{\"source\":\"/s\",\"type\":\"t\",\"id\":\"%s\"}";
    Path single = Files.writeString(directory.resolve("one.json"), one.formatted("a"));
    Path array =
        Files.writeString(
            directory.resolve("array.json"),
            "[" + one.formatted("b") + "," + one.formatted("c") + "]");
    String lines = one.formatted("d") + "\n\n" + one.formatted("e") + "\n";
    try (ScriptedServer server = new ScriptedServer(EmitCommandTest::accept)) {
      assertThat(emit(server, single.toString(), "-o", "json").out())
          .isEqualTo("{\"events\":[{\"id\":\"a\",\"executions\":[\"lead~a\"]}]}\n");
      assertThat(emit(server, array.toString()).out()).contains("lead~b", "lead~c");
      assertThat(withStdin(lines, () -> emit(server, "-")).out()).contains("lead~d", "lead~e");
      assertThat(server.requests().getFirst().body()).contains("\"specversion\":\"1.0\"");
    }
  }

  @Test
  void a_line_that_is_no_event_is_named() throws Exception {
    String lines = "{\"source\":\"/s\",\"type\":\"t\",\"id\":\"a\"}\n{\"source\":\n";

    try (ScriptedServer server = new ScriptedServer(EmitCommandTest::accept)) {
      Penstock result = withStdin(lines, () -> emit(server, "-"));

      assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(result.err()).contains("stdin:2 is no JSON");
      assertThat(server.requests()).isEmpty();
      assertThat(withStdin("7", () -> emit(server, "-")).err()).contains("is an object");
      assertThat(withStdin("[null]", () -> emit(server, "-")).err()).contains("stdin[0]");
      assertThat(withStdin("", () -> emit(server, "-")).err()).contains("no event in stdin");
    }
  }

  @Test
  void what_was_accepted_before_a_refusal_is_told() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("two.jsonl"),
            """
            {"source":"/s","type":"t","id":"a"}
            {"source":"/s","type":"t","id":"b"}
            """);
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.count() == 0
                    ? accept(asked)
                    : Said.of(
                        422,
                        """
                        {"detail":"the data does not fit","violations":[
                          {"workflow":"lead","pointer":"/email","message":"is required"}]}"""))) {
      Penstock result = emit(server, file.toString());

      assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(result.out()).contains("lead~a");
      assertThat(result.err())
          .isEqualTo(
              """
              workflow lead, data/email: is required
              cannot send event 'b' (%s:2): the data does not fit (HTTP 422)
              """
                  .formatted(file));
    }
  }

  @Test
  void a_server_that_is_not_ready_is_asked_again_with_the_same_event() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.count() < 2
                    ? new Said(503, AWAY, Map.of("Retry-After", "0"))
                    : accept(asked))) {
      Penstock result = emit(server, "--source", "/s", "--type", "t");

      assertThat(result.exitCode()).isZero();
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().stream().map(Asked::body).distinct()).hasSize(1);
      assertThat(result.err()).containsOnlyOnce("is sent again: starting (HTTP 503)");
    }
  }

  @Test
  void a_server_that_never_gets_ready_is_a_timeout_that_says_how_to_repeat() {
    try (ScriptedServer server =
        new ScriptedServer(asked -> new Said(503, AWAY, Map.of("Retry-After", "1")))) {
      Penstock result =
          emit(server, "--source", "/s", "--type", "t", "--id", "s-1", "--timeout", "300ms");

      assertThat(result.exitCode()).isEqualTo(ExitCode.TIMEOUT);
      assertThat(result.out()).isEmpty();
      assertThat(result.err()).contains("'s-1'", "starting", "changes nothing");
    }
  }

  @Test
  void where_nobody_listens_nobody_is_waited_for() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    Penstock result =
        Penstock.run(
            "emit", "--source", "/s", "--type", "t", "--server", "http://127.0.0.1:" + port);

    assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
    assertThat(result.err()).contains("penstock dev");
  }

  @Test
  void an_event_that_nobody_subscribed_to_is_told() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked -> Said.of(202, "{\"events\":[{\"id\":\"s-1\",\"executions\":[]}]}"))) {
      Penstock result = emit(server, "--source", "/s", "--type", "t", "--id", "s-1");

      assertThat(result.exitCode()).isZero();
      assertThat(result.out()).isEqualTo("EVENT  EXECUTION\ns-1    -\n");
      assertThat(result.err()).contains("starts nothing");
    }
  }

  @Test
  void waiting_ends_with_the_status_of_each_also_of_one_that_is_not_known_at_first() {
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.method().equals("POST")
                    ? accept(asked)
                    : asked.count() == 1
                        ? new Said(404, "{\"detail\":\"?\"}", Map.of("Retry-After", "0"))
                        : Said.ok("{\"status\":\"FAILED\",\"records\":[],\"more\":false}"))) {
      Penstock result = emit(server, "--source", "/s", "--type", "t", "--id", "a", "--wait");

      assertThat(result.out()).isEqualTo("EVENT  EXECUTION  STATUS\na      lead~a     FAILED\n");
      assertThat(result.exitCode()).isEqualTo(ExitCode.SOFTWARE);
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void following_tells_what_happens_until_the_end() {
    String record =
        """
        {"workflow":"lead","version":"1","sequence":1,"at":"2026-11-22T12:00:00Z","status":"COMPLETED",
         "facts":[{"type":"executionCompleted","output":{"ok":true}}]}""";
    try (ScriptedServer server =
        new ScriptedServer(
            asked ->
                asked.method().equals("POST")
                    ? accept(asked)
                    : Said.ok(
                        "{\"status\":\"COMPLETED\",\"records\":[%s],\"next\":1,\"more\":false}"
                            .formatted(record)))) {
      Penstock result = emit(server, "--source", "/s", "--type", "t", "--id", "a", "--follow");

      assertThat(result.out())
          .startsWith("EVENT  EXECUTION\na      lead~a\n\n2026-11-22")
          .contains("lead~a  COMPLETED after 0 ms")
          .endsWith("output    {\"ok\":true}\n");
      assertThat(result.exitCode()).isZero();
    }
  }

  private static Said accept(Asked asked) {
    try {
      Object id = Json.parse(asked.body().getBytes(UTF_8)).at("id");
      return Said.of(
          202, "{\"events\":[{\"id\":\"%s\",\"executions\":[\"lead~%s\"]}]}".formatted(id, id));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return Said.of(400, "{}");
    }
  }

  private static Penstock emit(ScriptedServer server, String... args) {
    List<String> all = new ArrayList<>(List.of("emit", "--server", server.url()));
    all.addAll(List.of(args));
    return Penstock.run(all.toArray(String[]::new));
  }

  private static Penstock withStdin(String text, java.util.function.Supplier<Penstock> command) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
    try {
      return command.get();
    } finally {
      System.setIn(before);
    }
  }
}
