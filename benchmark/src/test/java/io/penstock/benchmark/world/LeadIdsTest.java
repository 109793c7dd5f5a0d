package io.penstock.benchmark.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadIdsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"id":"a-1","channel":"sales"}          | a-1
          {"channel":"sales", "id" : "a-1"}       | a-1
          {"text":"my \\"id\\"","id":"a-1"}       | a-1
          {"id":7}                                | ''
          {"idea":"x"}                            | ''
          {"id":"cut off                          | ''
          """)
  void the_id_in_a_body(String body, String id) {
    assertThat(LeadIds.member(body, "id")).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"content":"Score lead r1-7 of Company"}    | r1-7
          {"content":"Score lead r1-7."}              | r1-7
          {"content":"A lead \\"x\\" is lead r:1.2_b"} | r:1.2_b
          {"content":"misleading"}                    | ''
          """)
  void the_id_in_a_prompt(String body, String id) {
    assertThat(LeadIds.inPrompt(body)).isEqualTo(id);
  }
}
