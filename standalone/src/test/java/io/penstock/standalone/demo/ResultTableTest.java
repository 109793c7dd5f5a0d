package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void each_lead_is_a_line_and_no_line_is_wider_than_a_small_terminal() {
    List<Lead> leads = Leads.of(2);
    Map<Lead, ExecutionProgress> progress = new LinkedHashMap<>();
    progress.put(leads.get(0), ScreenText.completed(27, "high", "deal"));
    progress.put(leads.get(1), ExecutionProgress.ACCEPTED);
    assertThat(ResultTable.of(leads, progress))
        .isEqualTo(
            """
              Lead          Score  Route   Actions              Retried        Cost     Time
              Ada Moreau       27  high    deal, tell-sales               $0.000074   0.68 s
              Ben Okafor        -  -                                              -        -
            """);
    assertThat(ResultTable.of(leads, progress).lines()).allMatch(line -> line.length() <= 80);
  }
}
