package io.penstock.schema.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.schema.definition.Action;
import io.penstock.schema.definition.Alert;
import io.penstock.schema.definition.OnFailure;
import io.penstock.schema.definition.Trigger;
import io.penstock.schema.definition.Workflow;
import io.penstock.schema.kafka.DefinitionIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertReaderTest {
  private static final String CHANNEL =
      "{kind: Channel, name: on-call, type: slack, url: secret://slack/on-call}";

  @Test
  void an_alert_has_what_is_written_and_defaults_for_the_rest() throws Exception {
    Alert alert = alert("1.0.0", "on: [suspended, waiting], for: 15m, when: input.step == 'crm'");

    assertThat(alert.on()).containsExactlyInAnyOrder(Alert.On.SUSPENDED, Alert.On.WAITING);
    assertThat(alert.waitsFor()).contains(Duration.ofMinutes(15));
    assertThat(alert.throttle()).isEqualTo(Duration.ofMinutes(10));
    assertThat(alert.when().orElseThrow().test(Map.of("input", Map.of("step", "crm")))).isTrue();
    assertThat(alert.text().render(Map.of("input", Map.of("summary", "all of it"))))
        .isEqualTo("all of it");
  }

  @Test
  void it_is_delivered_by_a_workflow_that_nobody_else_can_define() {
    Workflow workflow = alert("1.0.0", "on: [failed]").workflow();

    assertThat(workflow.name()).isEqualTo("alert.tell");
    assertThat(workflow.version()).isEqualTo("1.0.0");
    assertThat(workflow.on())
        .containsExactly(new Trigger("penstock", "alert.tell", Optional.empty()));
    assertThat(workflow.onFailure()).isEqualTo(OnFailure.FAIL);
    assertThat(workflow.steps())
        .singleElement()
        .extracting(step -> ((Action.NotifyChannel) step.action()).channel())
        .isEqualTo("on-call");
    assertThat(read("{kind: Workflow, name: alert.tell, version: 1.0.0, steps: []}").problems())
        .anySatisfy(problem -> assertThat(problem.message()).contains("is no name"));
  }

  @Test
  void its_channel_must_be_there() {
    String alert = "{kind: Alert, name: tell, version: 1.0.0, on: [failed], channel: on-cal}";

    assertThat(DefinitionSet.of(read(CHANNEL + "\n---\n" + alert).definitions()).problems())
        .singleElement()
        .hasToString(
            "test.yaml:3:66 /channel: there is no Channel 'on-cal'; did you mean 'on-call'?");
  }

  @Test
  void its_channel_sends_no_mails_which_would_need_recipients() {
    String mails =
        "{kind: Channel, name: on-call, type: smtp, host: m.example, from: a@m.example}\n---\n";
    String alert = "{kind: Alert, name: tell, version: 1.0.0, on: [failed], channel: on-call}";

    assertThat(DefinitionSet.of(read(mails + alert).definitions()).problems())
        .singleElement()
        .asString()
        .contains("/channel: an alert has no recipients of mails");
  }

  @Test
  void who_reads_definitions_finds_the_workflow_of_each_version_and_the_latest_starts() {
    DefinitionIndex index = new DefinitionIndex();
    index.put(alert("1.1.0", "on: [failed]"));
    index.put(alert("1.0.0", "on: [suspended]"));

    assertThat(index.currentWorkflows()).extracting(Workflow::version).containsExactly("1.1.0");
    assertThat(index.workflow("alert.tell", "1.0.0")).isPresent();
    assertThat(index.current(Alert.class)).extracting(Alert::version).containsExactly("1.1.0");
    assertThat(index.all()).hasSize(2).allMatch(Alert.class::isInstance);

    index.remove(alert("1.1.0", "on: [failed]").key());

    assertThat(index.currentWorkflows()).extracting(Workflow::version).containsExactly("1.0.0");
    assertThat(index.workflow("alert.tell", "1.1.0")).isEmpty();
  }

  private static Alert alert(String version, String rest) {
    Reading reading =
        read(
            "{kind: Alert, name: tell, version: %s, %s, channel: on-call}"
                .formatted(version, rest));
    assertThat(reading.problems()).isEmpty();
    return (Alert) reading.definitions().getFirst().definition();
  }

  private static Reading read(String yaml) {
    return DefinitionReader.read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
