package io.penstock.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void each_lead_is_a_line_and_no_line_is_wider_than_a_small_terminal() {
    List<Lead> leads = Leads.of(3);
    Map<Lead, ExecutionProgress> progress = new LinkedHashMap<>();
    progress.put(leads.get(0), ScreenText.completed(27, "high", "deal"));
    progress.put(leads.get(1), ExecutionProgress.ACCEPTED);
    progress.put(
        leads.get(2), ScreenText.completed(ScreenText.caught("person"), 7, "low", "archive"));
    assertThat(ResultTable.of(leads, progress))
        .isEqualTo(
            """
              Lead          Score  Route   Actions              Failures       Cost     Time
              Ada Moreau       27  high    deal, tell-sales               $0.000074   0.68 s
              Ben Okafor        -  -                                              -        -
              Cleo Lind         7  low     archive, tell-sales  person    $0.000074   0.68 s
            """);
    assertThat(ResultTable.of(leads, progress).lines()).allMatch(line -> line.length() <= 80);
  }
}
