package io.penstock.console.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.console.execution.ProblemException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that nobody could read, on their way back. */
class RecordReplayTest extends OnReplayStand {
  @Test
  void a_record_goes_back_as_it_is_and_fails_again_if_it_is_a_letter_again() throws Exception {
    stand.deadSteps(2);
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.inputs', execution_id = null, path = null, value = convert_to(id, 'UTF8'), headers = '[[\"a\",\"Yg==\"]]'");
    String replay = stand.begin(Map.of("sample", 0, "rate", "500/s"));
    stand.rounds(replay, Duration.ofSeconds(1));
    Map<?, ?> sent = stand.ingest.wishes().getFirst();
    assertThat(sent.get("id")).isEqualTo("rp." + replay + ".enrich-0-0");
    assertThat(sent.get("topic")).isEqualTo("penstock.inputs");
    assertThat(sent.get("partition")).isEqualTo(0L);
    assertThat(sent.get("key")).isNull();
    assertThat(sent.get("value")).isEqualTo("ZW5yaWNoLTAtMA==");
    assertThat(sent.get("headers")).isEqualTo(List.of(List.of("a", "Yg==")));

    stand.rounds(replay, Duration.ofSeconds(2));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 2, failed 0, refused 0, cancelled 0");

    stand.run(
        "insert into console.dead_letter select (jsonb_populate_record(l, '{\"id\":\"inputs-0-9\",\"status\":\"open\"}')).* from console.dead_letter l where id = 'enrich-0-0'");
    stand.run(
        "update console.dead_letter set at = now() where id = 'inputs-0-9'; update console.replay_letter set state = 'sent' where letter_id = 'enrich-0-0'");
    stand.rounds(replay, Duration.ofSeconds(2));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 1, failed 1, refused 0, cancelled 0");
  }

  @Test
  void a_record_that_is_a_letter_again_after_three_replays_is_parked() throws Exception {
    stand.deadSteps(1);
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.inputs', execution_id = null, path = null, headers = '[]'");
    for (int replays = 1; replays <= 3; replays++) {
      String replay = stand.begin(Map.of("sample", 0));
      stand.round(replay, "one");
      stand.run(
          "insert into console.dead_letter select (jsonb_populate_record(l, jsonb_build_object('id', 'inputs-0-%d', 'status', 'open', 'replays', 0, 'at', now()))).* from console.dead_letter l where status = 'replaying'"
              .formatted(replays));
      stand.rounds(replay, Duration.ofSeconds(1));
      assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 1, refused 0, cancelled 0");
    }
    assertThat(
            stand.column(
                "select replays || ' ' || status from console.dead_letter where id like 'inputs-0-%' order by id"))
        .containsExactly("1 resolved", "2 resolved", "3 parked");
    assertThatThrownBy(() -> stand.begin(Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("it is parked");
  }

  @Test
  void a_record_goes_back_edited_where_its_value_can_be() throws Exception {
    stand.deadSteps(2);
    stand.run(
        "update console.dead_letter set kind = 'record', topic = 'penstock.inputs', execution_id = null, path = null, headers = '[]', value = case id when 'enrich-0-0' then convert_to('{\"id\":1}', 'UTF8') else convert_to('no json', 'UTF8') end");
    String replay =
        stand.begin(
            Map.of(
                "sample",
                0,
                "rate",
                "500/s",
                "patch",
                List.of(Map.of("op", "replace", "path", "/id", "value", "7"))));
    stand.rounds(replay, Duration.ofSeconds(1));

    assertThat(stand.ingest.wishes()).hasSize(1);
    byte[] sent =
        Base64.getDecoder().decode((String) stand.ingest.wishes().getFirst().get("value"));
    assertThat(new String(sent, UTF_8)).isEqualTo("{\"id\":\"7\"}");

    stand.run(
        "insert into console.dead_letter select (jsonb_populate_record(l, '{\"id\":\"inputs-0-9\",\"status\":\"open\",\"fingerprint\":\"other\"}')).* from console.dead_letter l where id = 'enrich-0-0'");
    stand.run(
        "update console.dead_letter set at = now(), value = convert_to('{\"id\":\"7\"}', 'UTF8') where id = 'inputs-0-9'");
    stand.rounds(replay, Duration.ofSeconds(3));
    assertCounts(replay, "waiting 0, in flight 0, succeeded 0, failed 1, refused 1, cancelled 0");
    assertThat(stand.column("select why from console.replay_letter where state = 'refused'"))
        .singleElement()
        .asString()
        .startsWith("its value is no JSON");
  }
}
