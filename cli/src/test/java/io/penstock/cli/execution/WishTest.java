package io.penstock.cli.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.ExitCode;
import io.penstock.cli.FakeServer;
import io.penstock.cli.Penstock;
import io.penstock.schema.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the server for an operator's wish. */
class WishTest {

  @ParameterizedTest
  @ValueSource(strings = {"cancel", "pause", "resume", "replay"})
  void each_execution_is_a_wish_with_an_id_of_its_own(String verb) throws Exception {
    try (FakeServer server = new FakeServer(202, "{\"accepted\":2}")) {
      Penstock result =
          Penstock.run(
              "executions",
              verb,
              "lead~a",
              "lead~b",
              "--by",
              "ann",
              "--reason",
              "key rotated",
              "--server",
              server.url());

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .isEqualTo(
              "2 %ss asked for: whether it applies tells 'penstock executions show ID --follow'\n"
                  .formatted(verb));
      assertThat(server.requests()).containsExactly("POST /controls");
      List<?> wishes =
          (List<?>) Json.parse(server.bodies().getFirst().getBytes(UTF_8)).at("controls");
      Set<Object> ids = new HashSet<>();
      for (Object each : wishes) {
        Map<?, ?> wish = (Map<?, ?>) each;
        ids.add(wish.get("id"));
        assertThat(wish.get("verb")).isEqualTo(verb);
        assertThat(wish.get("by")).isEqualTo("ann");
        assertThat(wish.get("reason")).isEqualTo("key rotated");
        assertThat(wish.containsKey("path")).isFalse();
      }
      assertThat(ids).hasSize(2);
      assertThat(wishes)
          .extracting(wish -> ((Map<?, ?>) wish).get("execution"))
          .isEqualTo(List.of("lead~a", "lead~b"));
    }
  }

  @Test
  void a_replay_may_name_its_step() throws Exception {
    try (FakeServer server = new FakeServer(202, "{\"accepted\":1}")) {
      Penstock result =
          Penstock.run(
              "executions",
              "replay",
              "lead~a",
              "--path",
              "a/0/b",
              "-o",
              "json",
              "--server",
              server.url());

      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(Json.parse(result.out().getBytes(UTF_8)).at("accepted")).isEqualTo(1L);
      assertThat(server.bodies().getFirst()).contains("\"path\":\"a/0/b\"");
    }
  }

  @Test
  void what_the_server_refuses_is_told_in_its_words() {
    try (FakeServer server =
        new FakeServer(422, "{\"detail\":\"nothing was sent: /controls/0/execution is no id\"}")) {
      Penstock result = Penstock.run("executions", "cancel", "x", "--server", server.url());

      assertThat(result.exitCode()).isEqualTo(ExitCode.INVALID);
      assertThat(result.err())
          .contains("cannot cancel: nothing was sent: /controls/0/execution is no id (HTTP 422)");
    }
  }

  @Test
  void without_an_execution_nothing_is_asked() {
    assertThat(Penstock.run("executions", "cancel").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
