package io.penstock.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.schema.language.DefinitionReader;
import io.penstock.schema.language.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A dry run says whom a replay calls once more, as far as that is known for sure. */
class CallTargetsTest {
  @Test
  void an_api_or_channel_is_named_by_the_version_with_which_the_execution_goes_on()
      throws Exception {
    try (ReplayStand stand = new ReplayStand()) {
      stand.deadSteps(6);
      assertThat(targets(stand, Map.of())).containsExactly(tuple("call", 6L));

      define(stand, "1.0.0", "enrich: {api: crm, request: {method: GET, path: /}}");
      define(stand, "2.0.0", "notify: {channel: sales, text: again}");
      assertThat(targets(stand, Map.of())).containsExactly(tuple("crm", 6L));
      assertThat(targets(stand, Map.of("version", "2.0.0"))).containsExactly(tuple("sales", 6L));
      assertThat(targets(stand, Map.of("version", "3.0.0"))).containsExactly(tuple("call", 6L));

      stand.run("update console.execution set version = '2.0.0' where id = 'lead~0'");
      assertThat(targets(stand, Map.of()))
          .as("one was moved since its letter was written")
          .containsExactly(tuple("crm", 5L), tuple("sales", 1L));
    }
  }

  @Test
  void a_step_inside_others_is_found_at_its_place() throws Exception {
    try (ReplayStand stand = new ReplayStand()) {
      stand.deadSteps(3);
      stand.run(
          """
          update console.step set path = 'each/17/call' where path = 'call';
          update console.dead_letter set step = 'each/call', path = 'each/17/call'""");
      assertThat(targets(stand, Map.of())).containsExactly(tuple("each/call", 3L));
      define(
          stand,
          "1.0.0",
          "foreach: {items: input.all, as: one, steps: [{id: call, enrich: {api: crm, request: {method: GET, path: /}}}]}",
          "each");

      assertThat(targets(stand, Map.of())).containsExactly(tuple("crm", 3L));
    }
  }

  private static List<Tuple> targets(ReplayStand stand, Map<String, ?> members) throws Exception {
    return stand.plan(members).steps().getFirst().repeats().stream()
        .map(each -> tuple(each.target(), each.calls()))
        .toList();
  }

  private static void define(ReplayStand stand, String version, String action) {
    define(stand, version, action, "call");
  }

  private static void define(ReplayStand stand, String version, String action, String step) {
    String yaml =
        """
        kind: Workflow
        name: lead
        version: %s
        steps:
          - id: %s
            %s
        """
            .formatted(version, step, action);
    Reading reading = DefinitionReader.read("lead.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThat(reading.problems()).isEmpty();
    reading.definitions().forEach(each -> stand.definitions.put(each.definition()));
  }
}
