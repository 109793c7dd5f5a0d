package io.penstock.console.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterReaderTest {
  @ParameterizedTest
  @CsvSource({
    "company, company",
    "each/17/call, each/call",
    "pipeline/0/deal, pipeline/deal",
    "look-up/company/register/catch0/fallback, look-up/company/register/catch0/fallback",
    "a/1/b/2/c, a/b/c"
  })
  void a_step_is_the_same_in_every_round(String path, String step) {
    assertThat(LetterReader.stepOf(path)).isEqualTo(step);
  }

  @ParameterizedTest
  @CsvSource({
    "penstock.inputs, inputs",
    "penstock.history, history",
    "penstock.steps.enrich, enrich",
    "other, other"
  })
  void an_id_begins_with_the_short_name_of_the_topic(String topic, String name) {
    assertThat(LetterReader.shortName(topic)).isEqualTo(name);
  }

  @Test
  void groups_differ_in_each_of_their_parts() {
    assertThat(Fingerprint.of("step", "lead", "1", "call"))
        .hasSize(16)
        .isEqualTo(Fingerprint.of("step", "lead", "1", "call"))
        .isNotEqualTo(Fingerprint.of("step", "lead", "1c", "all"))
        .isNotEqualTo(Fingerprint.of("step", "lead", null, "call"));
    assertThat(Fingerprint.of("a", null)).isNotEqualTo(Fingerprint.of("a", ""));
  }

  @Test
  void words_are_cut_alike_whether_stored_or_asked_for() {
    assertThat(SearchWords.of("POST https://Crm.example/x: Ärger 'q' & \u0000\uD83D 17", null, "x"))
        .containsExactly("post", "https", "crm", "example", "x", "ärger", "q", "17");
    assertThat(SearchWords.query("crm.EXAMPLE: & | ! ''")).isEqualTo("'crm':* & 'example':*");
    assertThat(SearchWords.query("':* &")).isEmpty();
  }
}
